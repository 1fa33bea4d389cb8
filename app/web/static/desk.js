// The editors' desk: the draft with its verdicts, the chosen claim's card, decisions, fixes, export, saved drafts.
// Nothing leaves the browser but what is checked, exported or saved on purpose; this tab remembers the draft until it closes.
"use strict";
(() => {
  const { say, lang, el, isolated, announce, counting, arrived, outcome, events, chip, sure, findings, claimMarks, agrees, opinion, wrong, KINDS, SIGNS, LABELS, proof, model } = Desk;
  const $ = (id) => document.getElementById(id);
  const TAB = "ht_desk";
  const NEGATIONS = new Set(["không", "chưa", "chẳng", "chả", "không hề", "chưa hề", "không phải", "chưa từng", "không còn"]);

  let text = "";
  let claims = [];
  let nodes = [];
  let current = -1;
  let chosen = false; // the editor chose a claim, so the page no longer chooses for them
  let filter = "ALL";
  let checked = null;
  let saved = null; // the id of the saved draft that this is
  let going = null;
  let fixes = []; // what Undo takes back, newest last
  let dropped = null; // the draft that a new one took the place of: Undo brings it back, too

  // ---- this tab's memory
  let remembering = 0;
  const remember = () => {
    clearTimeout(remembering);
    remembering = setTimeout(() => {
      try { sessionStorage.setItem(TAB, JSON.stringify(whole())); } catch { /* full or forbidden: the page works without */ }
    }, 300);
  };

  // ---- two views of one place: the draft as text to edit, and with its verdicts
  const shown = () => !$("marked").hidden;
  const view = (marks) => {
    $("marked").hidden = !marks;
    $("ask").hidden = marks;
    $("row").hidden = !claims.length;
    $("start").hidden = marks && claims.length > 0;
    $("card").hidden = !marks;
    $("edit").hidden = Boolean(going) || (!marks && !claims.length);
    $("edit").textContent = say(marks ? "desk_edit" : "desk_view");
    $("undo").hidden = !(marks && fixes.length) && !dropped;
    $("new").hidden = Boolean(going) || !(claims.length || $("draft").value);
    $("export").hidden = Boolean(going) || !claims.length;
    $("stop").hidden = !going;
    $("check").hidden = Boolean(going);
    $("check").textContent = say(claims.length ? "desk_check_again" : "desk_check");
    document.body.classList.toggle("marking", marks);
  };

  const tag = (claim) => {
    const kind = outcome(claim);
    const quiet = kind === "NO_CHECK" || kind === "PENDING";
    return el("span", { class: `tag ${KINDS[kind]}` }, el("span", { "aria-hidden": "true" }, SIGNS[kind]),
      el("span", { class: quiet ? "sr" : "" }, ` ${say(LABELS[kind])}`),
      claim.decision ? el("span", { class: "decided" }, ` ${claim.decision === "accept" ? "☑" : "☐"}`, el("span", { class: "sr" }, say(claim.decision === "accept" ? "desk_accepted" : "desk_ignored"))) : null,
      agrees(claim) === false ? el("span", { class: "decided unlike" }, " ≠", el("span", { class: "sr" }, `${claim.second_opinion.model}: ${say("second_differs")}`)) : null,
      claim.remark ? el("span", { class: "decided" }, " ✐", el("span", { class: "sr" }, say("desk_remark"))) : null);
  };
  /** A sentence's pieces and its sign, which stays with the last word: alone on the next line it would seem the next one's. */
  const signed = (pieces, sign) => {
    const last = pieces.at(-1);
    const words = last?.textContent ?? "";
    const cut = last?.firstChild?.nodeType === Node.TEXT_NODE ? words.search(/\S+\s*$/) : 0;
    if (!words || cut < 0 || words.length - cut > 10) return [...pieces, sign];
    const end = cut ? [isolated(words.slice(0, cut)), isolated(words.slice(cut))] : [last];
    return [...pieces.slice(0, -1), ...end.slice(0, -1), el("span", { class: "glue" }, end.at(-1), sign)];
  };
  const fill = (node, claim, index) => {
    node.className = `claim ${KINDS[outcome(claim)]}`;
    node.classList.toggle("kept", matches(claim));
    node.setAttribute("tabindex", index === current || (current < 0 && index === 0) ? "0" : "-1");
    if (index === current) node.setAttribute("aria-current", "true"); else node.removeAttribute("aria-current");
    node.replaceChildren(...signed(claimMarks(claim), tag(claim)));
  };
  const draw = () => {
    const parts = [];
    let at = 0;
    nodes = claims.map(() => null);
    claims.forEach((claim, index) => {
      if (claim.start < at || claim.start >= claim.end) return;
      if (claim.start > at) parts.push(el("span", {}, text.slice(at, claim.start)));
      nodes[index] = el("span", { role: "button", "data-index": index });
      fill(nodes[index], claim, index);
      parts.push(nodes[index]);
      at = claim.end;
    });
    if (at < text.length) parts.push(el("span", {}, text.slice(at)));
    $("marked").replaceChildren(...parts);
    $("marked").classList.toggle("filtered", filter !== "ALL");
    tally();
  };
  const redraw = (index) => { if (nodes[index]) fill(nodes[index], claims[index], index); };

  // ---- summary and filter
  const matches = (claim) => (filter === "ALL" ? true : outcome(claim) === filter);
  const tally = () => {
    const counts = {};
    for (const claim of claims) counts[outcome(claim)] = (counts[outcome(claim)] ?? 0) + 1;
    const kinds = ["REFUTED", "NOT_ENOUGH_INFO", "SUPPORTED", "NO_CHECK", ...["FIXED", "PENDING"].filter((k) => counts[k])];
    const focused = document.activeElement?.dataset?.kind;
    const button = (kind, sign, label, count) => el("button", { type: "button", class: `chip ${KINDS[kind] ?? "all"}`, "data-kind": kind, "aria-pressed": String(filter === kind) },
      sign ? el("span", { "aria-hidden": "true" }, sign) : null, el("b", {}, String(count)), ` ${label}`);
    $("chips").replaceChildren(button("ALL", "", say("desk_all"), claims.length), ...kinds.map((k) => button(k, SIGNS[k], say(LABELS[k]), counts[k] ?? 0)));
    if (focused) $("chips").querySelector(`[data-kind="${focused}"]`)?.focus();
    return counts;
  };
  let due = false;
  const soon = () => { // verdicts may come faster than a screen shows them
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; tally(); });
  };
  $("chips").addEventListener("click", (event) => {
    const kind = event.target.closest("button")?.dataset.kind;
    if (!kind) return;
    filter = filter === kind ? "ALL" : kind;
    const first = claims.findIndex((claim) => matches(claim));
    if (filter !== "ALL" && (current < 0 || !matches(claims[current]))) choose(first, { scroll: true, quiet: true });
    nodes.forEach((node, index) => node?.classList.toggle("kept", matches(claims[index])));
    $("marked").classList.toggle("filtered", filter !== "ALL");
    tally();
    if (first < 0) announce(say("desk_none_here"));
  });

  // ---- the chosen claim
  const small = () => matchMedia("(max-width: 60rem)").matches;
  const choose = (index, { focus = false, scroll = false, quiet = false } = {}) => {
    const before = current;
    current = index;
    if (before >= 0 && before !== index) redraw(before);
    if (before < 0) redraw(0);
    if (index >= 0) redraw(index);
    card();
    $("panel").classList.toggle("open", index >= 0 && !(quiet && small()));
    const node = nodes[index];
    if (node && focus) node.focus({ preventScroll: true });
    if (node && scroll) node.scrollIntoView({ block: small() ? "start" : "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  const shut = () => {
    $("panel").classList.remove("open");
    nodes[current]?.focus();
  };
  const step = (by) => {
    const stops = claims.map((_, index) => index).filter((i) => nodes[i] && matches(claims[i]) && (filter !== "ALL" || !["NO_CHECK", "PENDING"].includes(outcome(claims[i]))));
    if (!stops.length) { announce(say("desk_none_here")); return; }
    const ahead = by > 0 ? stops.find((i) => i > current) ?? stops[0] : [...stops].reverse().find((i) => i < current) ?? stops[stops.length - 1];
    chosen = true;
    choose(ahead, { focus: true, scroll: true });
  };
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("marked").addEventListener("click", (event) => {
    const node = event.target.closest("[data-index]");
    if (!node || String(getSelection())) return;
    chosen = true;
    choose(Number(node.dataset.index), { focus: true, scroll: small() });
  });

  const card = () => {
    const claim = claims[current];
    if (!claim) { $("card").className = "card empty"; $("card").replaceChildren(el("p", {}, say(claims.length ? "desk_pick" : "desk_nothing"))); return; }
    const decide = (what) => {
      claim.decision = claim.decision === what ? "" : what;
      redraw(current);
      remember();
      const was = document.activeElement?.dataset?.decide;
      card();
      if (was) $("card").querySelector(`[data-decide="${was}"]`)?.focus();
      announce(claim.decision ? say(claim.decision === "accept" ? "desk_accepted" : "desk_ignored") : "");
    };
    const toggle = (what, key) => el("button", { type: "button", "data-decide": what, "aria-pressed": String(claim.decision === what), onclick: () => decide(what) }, say(key));
    const remark = el("textarea", { id: "remark", rows: 2, maxlength: 2000, placeholder: say("desk_remark_hint") });
    remark.value = claim.remark;
    remark.addEventListener("input", () => { claim.remark = remark.value; remember(); });
    remark.addEventListener("change", () => redraw(claims.indexOf(claim)));
    const name = say("desk_sentence_of", { n: current + 1, total: claims.length });
    $("card").className = `card ${KINDS[outcome(claim)]}`;
    $("card").replaceChildren(
      el("header", {}, el("h2", {}, name), chip(claim), sure(claim),
        el("span", { class: "near" },
          el("button", { type: "button", "aria-label": say("desk_previous"), onclick: () => step(-1) }, "←"),
          el("button", { type: "button", "aria-label": say("desk_next"), onclick: () => step(1) }, "→"),
          el("button", { type: "button", class: "shut", "aria-label": say("desk_close"), onclick: shut }, "✕"))),
      ...findings(claim, fix, (d) => text.slice(d.claim_start, d.claim_end) === d.claim),
      el("div", { id: "second" }, ...second(claim)),
      ...(outcome(claim) === "NO_CHECK" ? [] : [el("div", { class: "decide", role: "group", "aria-label": say("desk_decision") }, toggle("accept", "desk_accept"), toggle("ignore", "desk_ignore"))]),
      el("label", { for: "remark" }, say("desk_remark")), remark);
  };

  // ---- "hỏi thêm mô hình": one claim at a time, on purpose; what it says stands beside our verdict, which stays
  const waiting = new Set(); // the claims that the model is being asked about
  const second = (claim) => {
    const given = opinion(claim);
    const open = model && claim.verdict && !claim.fixed && claim.checkable !== false && claim.evidence.length && !claim.second_opinion?.verdict;
    if (!open) return given ? [given] : [];
    const busy = waiting.has(claim.text);
    const label = busy ? "second_asking" : given ? "second_again" : "second_ask";
    return [...(given && !busy ? [given] : []), el("div", { class: "ask-second" },
      el("button", { type: "button", "aria-disabled": String(busy), "aria-describedby": "second-sends", onclick: () => consult(claim) }, say(label, { model })),
      el("small", { id: "second-sends" }, say("second_sends")))];
  };
  const refresh = (asked) => { // only this part of the card: a note may be half written below it
    if (claims[current]?.text !== asked) return;
    const held = $("second").contains(document.activeElement);
    $("second").replaceChildren(...second(claims[current]));
    if (held) ($("second").querySelector("button") ?? $("card")).focus({ preventScroll: true });
  };
  const consult = async (claim) => {
    const asked = claim.text;
    if (waiting.has(asked)) return;
    waiting.add(asked);
    refresh(asked);
    announce(say("second_asking", { model }));
    wrong("");
    let told = "";
    try {
      const given = { text: asked, verdict: claim.verdict, evidence: claim.evidence, note: claim.note ?? "" };
      const came = await (await send("POST", "/api/check/opinion", given)).json();
      // The draft may have been fixed, edited or checked again meanwhile: an opinion is of the sentence that was asked about.
      const index = claims.findIndex((c) => c.text === asked && c.verdict === claim.verdict && !c.fixed);
      if (index >= 0) {
        claims[index].second_opinion = came;
        redraw(index);
        remember();
        told = opinion(claims[index]).textContent;
      }
    } catch (error) { wrong(say("desk_trouble", { detail: error.message })); }
    waiting.delete(asked);
    refresh(asked);
    announce(told);
  };

  // ---- "sửa theo nguồn", and taking it back
  /** The source's words as they stand in this sentence: a capital that only began the source's sentence goes. */
  const replacement = (claim, d) => {
    const ours = NEGATIONS.has(d.claim.toLowerCase());
    const theirs = NEGATIONS.has(d.source.toLowerCase());
    if (d.kind === "negation" && theirs && !ours) return `${d.source} ${d.claim}`;
    const began = claim.evidence.some((source) => source.docid === (d.docid ?? "") && source.start === d.source_start);
    const lower = d.claim[0] === d.claim[0].toLowerCase();
    return began && lower && !["name", "place"].includes(d.kind) ? d.source[0].toLowerCase() + d.source.slice(1) : d.source;
  };
  const splice = (at, end, words) => {
    const delta = words.length - (end - at);
    text = text.slice(0, at) + words + text.slice(end);
    for (const claim of claims) {
      if (claim.start > at) claim.start += delta;
      if (claim.end > at) claim.end += delta;
      for (const d of claim.differences) {
        if (d.claim_start > at) d.claim_start += delta;
        if (d.claim_end > at) d.claim_end = Math.max(at, d.claim_end + delta);
      }
      claim.text = text.slice(claim.start, claim.end);
    }
  };
  const fix = (d) => {
    const claim = claims[current];
    let at = d.claim_start;
    let end = d.claim_end;
    let words = replacement(claim, d);
    if (d.kind === "negation" && NEGATIONS.has(d.claim.toLowerCase()) && !NEGATIONS.has(d.source.toLowerCase())) {
      words = ""; // what the source says stands behind the word that denies it
      if (text[end] === " ") end += 1;
    } else if (at === claim.start && d.claim[0] !== d.claim[0].toLowerCase()) words = words[0].toUpperCase() + words.slice(1);
    const was = text.slice(at, end);
    splice(at, end, words);
    d.applied = words;
    claim.fixed = true;
    fixes.push({ claim, d, at, was, words, opinion: claim.second_opinion });
    delete claim.second_opinion; // it was of the sentence as it stood
    after(say("desk_fixed_told", { claim: d.claim, source: words || d.source }));
  };
  const undo = () => {
    const last = fixes.pop();
    if (!last && dropped && !going) { open(dropped); dropped = null; view(shown()); announce(say("desk_undone")); }
    if (!last) return;
    splice(last.at, last.at + last.words.length, last.was);
    last.d.claim_start = last.at;
    last.d.claim_end = last.at + last.d.claim.length;
    delete last.d.applied;
    last.claim.fixed = last.claim.differences.some((d) => d.applied !== undefined);
    if (last.opinion) last.claim.second_opinion = last.opinion;
    choose(claims.indexOf(last.claim), { quiet: true });
    after(say("desk_undone"));
  };
  const after = (sentence) => {
    draw();
    card();
    view(true);
    remember();
    announce(sentence);
    const next = $("card").querySelector(".fix:not(:disabled), [data-decide]");
    next?.focus({ preventScroll: true });
  };
  $("undo").addEventListener("click", undo);

  // ---- editing: sentences that were not touched keep their verdicts
  const anchored = (now) => {
    let at = 0;
    const kept = [];
    for (const claim of claims) {
      const found = now.indexOf(claim.text, at);
      // A short sentence far away is more likely another one that reads the same.
      if (found < 0 || (claim.text.length < 20 && Math.abs(found - claim.start) > Math.abs(now.length - text.length) + 200)) continue;
      const delta = found - claim.start;
      claim.start += delta;
      claim.end += delta;
      for (const d of claim.differences) { d.claim_start += delta; d.claim_end += delta; }
      kept.push(claim);
      at = found + claim.text.length;
    }
    return kept;
  };
  const edit = () => {
    if (going) return;
    if (shown()) {
      $("draft").value = text;
      const caret = claims[current]?.start ?? 0;
      view(false);
      $("draft").focus();
      $("draft").setSelectionRange(caret, caret);
      $("panel").classList.remove("open");
      return;
    }
    const now = $("draft").value;
    if (now !== text) {
      claims = anchored(now);
      text = now;
      fixes = [];
      current = Math.min(current, claims.length - 1);
      announce(say("desk_changed"));
    }
    view(true);
    draw();
    card();
    nodes[Math.max(current, 0)]?.focus();
  };
  $("edit").addEventListener("click", edit);

  // ---- checking
  const check = async () => {
    if (going) return;
    const draft = shown() ? text : $("draft").value;
    wrong("");
    if (!draft.trim()) { wrong(say("desk_empty")); $("draft").focus(); return; }
    dropped = null;
    const mine = new AbortController();
    going = mine;
    const kept = new Map();
    for (const claim of claims) if (claim.decision || claim.remark) kept.set(claim.text, claim);
    const before = { text, claims, current, checked };
    const count = counting(draft);
    const first = []; // where each claim stood when the check began: a fix may move it before its verdict comes
    let done = 0;
    let quarter = 0;
    let failed = "";
    let ended = false;
    view(shown());
    $("going").hidden = false;
    $("bar").removeAttribute("value");
    $("count").textContent = say("desk_reading");
    announce(say("desk_reading"));
    $("stop").focus();
    try {
      const asked = $("date").value ? { draft, now: $("date").value } : { draft };
      for await (const { event, data } of events(asked, mine.signal)) {
        if (event === "claims") {
          text = draft;
          fixes = [];
          claims = data.claims.map((given) => {
            const claim = arrived({ ...given, verdict: "" }, draft, count);
            const old = kept.get(claim.text);
            return old ? { ...claim, decision: old.decision, remark: old.remark } : claim;
          });
          for (const claim of claims) first.push(claim.start);
          current = -1;
          chosen = false;
          $("bar").max = Math.max(claims.length, 1);
          view(true);
          draw();
          card();
        } else if (event === "check") {
          const old = claims[data.index];
          if (!old) continue;
          done += 1;
          const claim = arrived(data, draft, count);
          const delta = old.start - first[data.index];
          claim.start += delta;
          claim.end += delta;
          for (const d of claim.differences) { d.claim_start += delta; d.claim_end += delta; }
          claims[data.index] = { ...claim, text: text.slice(claim.start, claim.end), decision: old.decision, remark: old.remark };
          redraw(data.index);
          if (data.index === current) card();
          if (!chosen && current < 0 && outcome(claim) === "REFUTED") choose(data.index, { quiet: true });
          $("bar").value = done;
          $("count").textContent = say("desk_progress", { done, total: claims.length });
          soon();
          const now = Math.floor((4 * done) / claims.length);
          if (now > quarter && now < 4) { quarter = now; announce(say("desk_working", { done, total: claims.length })); }
        } else if (event === "error") { failed = data.detail; ended = true; } else if (event === "done") ended = true;
      }
      if (!ended) failed = say("desk_cut", { done, total: claims.length });
    } catch (error) {
      if (error.name !== "AbortError") failed = say("desk_cut", { done, total: claims.length });
    }
    const stopped = mine.signal.aborted;
    going = null;
    $("going").hidden = true;
    if (first.length) checked = new Date().toISOString(); else ({ text, claims, current, checked } = before);
    const marks = claims.length > 0 && (first.length > 0 || shown());
    view(marks);
    if (failed) wrong(failed);
    else if (first.length === 0 && !stopped) wrong(say("desk_nothing"));
    if (marks) {
      const counts = tally();
      if (current < 0) choose(claims.findIndex((c) => !["NO_CHECK", "PENDING"].includes(outcome(c))), { quiet: true });
      const told = { supported: counts.SUPPORTED ?? 0, refuted: counts.REFUTED ?? 0, unknown: counts.NOT_ENOUGH_INFO ?? 0, none: counts.NO_CHECK ?? 0 };
      announce(stopped ? say("desk_stopped", { done, total: claims.length }) : failed || say("desk_done", told));
      if (document.activeElement === document.body || document.activeElement === $("stop")) nodes[Math.max(current, 0)]?.focus({ preventScroll: true });
    } else $("draft").focus();
    remember();
  };
  $("ask").addEventListener("submit", (event) => { event.preventDefault(); check(); });
  $("stop").addEventListener("click", () => going?.abort());
  $("draft").addEventListener("input", () => { wrong(""); $("new").hidden = !$("draft").value; remember(); });
  $("title").addEventListener("input", remember);
  $("draft").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); check(); } });

  const typed = () => (shown() ? null : $("draft").value); // what is being edited and has not been taken over yet
  const whole = () => ({ title: $("title").value, text, claims, typed: typed(), checked, saved, date: $("date").value });
  const settle = () => { if (!shown() && claims.length) edit(); };
  const restart = () => {
    dropped = whole();
    text = ""; claims = []; fixes = []; current = -1; checked = null; saved = null; filter = "ALL";
    $("title").value = ""; $("draft").value = ""; $("date").value = "";
    $("panel").classList.remove("open");
    wrong("");
    view(false);
    draw();
    remember();
    $("draft").focus();
  };
  $("new").addEventListener("click", restart);

  // ---- export and saved drafts
  const dossier = () => {
    const count = counting(text);
    return {
      title: $("title").value, draft: text, checked,
      claims: claims.map((claim) => ({
        ...claim, start: count.points(claim.start), end: count.points(claim.end),
        differences: claim.differences.map((d) => ({ ...d, claim_start: count.points(d.claim_start), claim_end: count.points(d.claim_end) })),
      })),
    };
  };
  const send = async (method, path, body) => {
    const reply = await fetch(path, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": proof } });
    if (reply.ok) return reply;
    let detail = say("trouble");
    try { detail = (await reply.json()).detail || detail; } catch { /* no JSON: the general sentence stands */ }
    throw new Error(detail);
  };
  const trying = async (work) => {
    wrong("");
    try { await work(); } catch (error) { wrong(say("desk_trouble", { detail: error.message })); }
  };
  const fileName = (form) => {
    const plain = $("title").value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
    return `${plain || "kiem-chung"}.${form}`;
  };
  $("export").addEventListener("click", (event) => {
    const form = event.target.closest("button")?.dataset.form;
    if (!form) return;
    trying(async () => {
      settle();
      const reply = await send("POST", `/api/check/export?form=${form}&lang=${lang}`, dossier());
      const link = el("a", { href: URL.createObjectURL(await reply.blob()), download: fileName(form) });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      $("export").open = false;
      announce(say("desk_exported", { name: fileName(form) }));
    });
  });
  const open = (kept) => {
    ({ text, checked = null } = kept);
    const count = counting(text);
    claims = kept.points ? kept.claims.map((given) => arrived(given, text, count)) : kept.claims;
    fixes = []; current = -1; filter = "ALL"; saved = kept.saved ?? null;
    $("title").value = kept.title ?? "";
    $("date").value = kept.date ?? "";
    $("draft").value = kept.typed ?? text;
    const marks = claims.length > 0 && typeof kept.typed !== "string";
    view(marks);
    draw();
    if (marks) choose(Math.max(claims.findIndex((c) => outcome(c) === "REFUTED"), 0), { quiet: true });
    remember();
  };
  {
    const list = async () => {
      const { drafts } = await (await send("GET", "/api/drafts")).json();
      const rows = drafts.map((kept) => el("li", {},
        el("button", { type: "button", "aria-label": say("desk_load_this", { title: kept.title }), onclick: () => trying(async () => {
          const found = await (await send("GET", `/api/drafts/${kept.id}`)).json();
          const before = whole();
          open({ ...found, text: found.draft, saved: kept.id, points: true });
          dropped = (before.typed ?? before.text).trim() && before.saved !== kept.id ? before : null;
          view(shown());
          $("drafts").open = false;
        }) }, el("bdi", {}, kept.title), el("small", {}, kept.saved)),
        el("button", { type: "button", class: "shut", "aria-label": say("desk_delete_this", { title: kept.title }), onclick: () => trying(async () => {
          await send("DELETE", `/api/drafts/${kept.id}`);
          if (saved === kept.id) saved = null;
          announce(say("desk_deleted"));
          await list();
          $("drafts").querySelector("summary").focus();
        }) }, "✕")));
      $("drafts").querySelector("ul").replaceChildren(...(rows.length ? rows : [el("li", { class: "none" }, say("desk_no_drafts"))]));
    };
    $("drafts").addEventListener("toggle", () => { if ($("drafts").open) trying(list); });
    $("save").addEventListener("click", () => trying(async () => {
      settle();
      const kept = shown() ? dossier() : { ...dossier(), draft: $("draft").value, claims: [] };
      if (!kept.draft.trim()) { wrong(say("desk_empty")); return; }
      saved = (await (await send("POST", "/api/drafts", { ...kept, id: saved })).json()).id;
      remember();
      announce(say("desk_saved"));
      $("save").classList.add("did");
      setTimeout(() => $("save").classList.remove("did"), 1500);
    }));
  }

  // ---- signing out leaves nothing of the draft in this tab
  document.querySelector('form[action="/dang-xuat"]')?.addEventListener("submit", () => {
    clearTimeout(remembering);
    try { sessionStorage.removeItem(TAB); } catch { /* forbidden: then nothing is there */ }
  });

  // ---- keys: one letter each, off when typing, and off for good when the editor says so
  try { $("keys").checked = localStorage.getItem("ht_keys") !== "off"; } catch { /* no memory: they stay on */ }
  $("keys").addEventListener("change", () => { try { localStorage.setItem("ht_keys", $("keys").checked ? "on" : "off"); } catch { /* as above */ } });
  document.addEventListener("keydown", (event) => {
    for (const drop of document.querySelectorAll("details.drop[open]")) if (event.key === "Escape") { drop.open = false; drop.querySelector("summary").focus(); return; }
    if (event.key === "Escape" && $("panel").classList.contains("open") && small()) { shut(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("textarea, input:not([type=checkbox]), select")) {
      if (event.key === "Escape" && event.target.id === "remark") { nodes[current]?.focus(); event.preventDefault(); }
      return;
    }
    if (!shown()) return;
    const node = event.target.closest("[data-index]");
    if (node && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); chosen = true; choose(Number(node.dataset.index)); $("card").focus(); return; }
    if (node && (event.key === "ArrowRight" || event.key === "ArrowDown")) { event.preventDefault(); step(1); return; }
    if (node && (event.key === "ArrowLeft" || event.key === "ArrowUp")) { event.preventDefault(); step(-1); return; }
    if (!$("keys").checked) return;
    const press = (selector) => $("card").querySelector(selector)?.click();
    const does = { j: () => step(1), k: () => step(-1), a: () => press('[data-decide="accept"]'), x: () => press('[data-decide="ignore"]'), n: () => $("remark")?.focus(), u: undo, e: edit }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
  document.addEventListener("click", (event) => {
    for (const drop of document.querySelectorAll("details.drop[open]")) if (!drop.contains(event.target)) drop.open = false;
  });

  // ---- on paper: the draft with its signs, then every judged claim
  addEventListener("beforeprint", () => {
    if (!shown()) { $("printed").lastElementChild.replaceChildren(el("div", { class: "marked" }, $("draft").value)); return; }
    const judged = claims.map((claim, index) => [claim, index]).filter(([claim]) => !["NO_CHECK", "PENDING"].includes(outcome(claim)));
    $("printed").lastElementChild.replaceChildren(...judged.map(([claim, index]) => el("article", { class: `card ${KINDS[outcome(claim)]}` },
      el("header", {}, el("h3", {}, say("desk_sentence_of", { n: index + 1, total: claims.length })), chip(claim), sure(claim)),
      ...findings(claim),
      opinion(claim),
      claim.decision || claim.remark ? el("p", { class: "note" }, claim.decision ? say(claim.decision === "accept" ? "desk_accepted" : "desk_ignored") : "", claim.decision && claim.remark ? " · " : "", el("bdi", {}, claim.remark)) : null)));
  });

  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(TAB) ?? "null"); } catch { /* broken or forbidden: start empty */ }
  if (kept?.text || kept?.typed) open(kept); else view(false);
})();

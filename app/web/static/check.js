// What both pages of the desk share: words, signs, character counting, the stream of verdicts, a claim's card.
// Whatever came from a draft or an article becomes a text node here; nothing is ever parsed as markup.
"use strict";
const Desk = (() => {
  const told = document.getElementById("ht-words");
  const words = JSON.parse(told.dataset.words);
  const lang = told.dataset.lang;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));

  const KINDS = { SUPPORTED: "supported", REFUTED: "refuted", NOT_ENOUGH_INFO: "unknown", NO_CHECK: "none", PENDING: "pending", FIXED: "fixed" };
  const SIGNS = { SUPPORTED: "✓", REFUTED: "✗", NOT_ENOUGH_INFO: "?", NO_CHECK: "–", PENDING: "…", FIXED: "✎" };
  const LABELS = {
    SUPPORTED: "desk_supported", REFUTED: "desk_refuted", NOT_ENOUGH_INFO: "desk_unknown",
    NO_CHECK: "desk_no_check", PENDING: "desk_pending", FIXED: "desk_fixed",
  };

  // ---- announcing: a live region says a sentence again only when its text goes and comes
  let saying = 0;
  const announce = (sentence) => {
    const region = document.getElementById("told");
    region.textContent = "";
    clearTimeout(saying);
    saying = setTimeout(() => { region.textContent = sentence; }, 30);
  };

  // ---- building: el("p", {class: "x"}, "text", node)
  const el = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined || value === null || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : String(value));
    }
    made.append(...inside.filter((part) => part !== null && part !== undefined && part !== ""));
    return made;
  };
  // Direction controls cannot reach past a <bdi>.
  const isolated = (value) => el("bdi", {}, String(value));

  // ---- the server counts code points, the browser counts UTF-16 units; they differ after an emoji
  const counting = (text) => {
    if (!/[\ud800-\udfff]/.test(text)) return { units: (n) => Math.min(Math.max(n, 0), text.length), points: (n) => n };
    const starts = [];
    for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
    starts.push(text.length);
    return {
      units: (n) => starts[Math.min(Math.max(n, 0), starts.length - 1)],
      points: (n) => {
        let low = 0;
        let high = starts.length - 1;
        while (low < high) { const middle = (low + high) >> 1; if (starts[middle] < n) low = middle + 1; else high = middle; }
        return low;
      },
    };
  };

  /** A claim of the server's JSON with its places counted in UTF-16 units of the draft. */
  const arrived = (given, draft, count) => ({
    ...given,
    start: count.units(given.start),
    end: count.units(given.end),
    text: draft.slice(count.units(given.start), count.units(given.end)),
    differences: (given.differences ?? []).map((d) => ({ ...d, claim_start: count.units(d.claim_start), claim_end: count.units(d.claim_end) })),
    evidence: given.evidence ?? [],
    missing: given.missing ?? [],
    decision: given.decision ?? "",
    remark: given.remark ?? "",
    fixed: given.fixed ?? false,
  });

  const outcome = (claim) => {
    if (claim.checkable === false) return "NO_CHECK";
    if (claim.fixed) return "FIXED";
    return claim.verdict || "PENDING";
  };

  // ---- the stream: POST, then server-sent events
  async function* events(body, signal) {
    const reply = await fetch("/api/check", {
      method: "POST", signal, body: JSON.stringify(body),
      headers: { "x-csrf-token": told.dataset.proof, "content-type": "application/json", accept: "text/event-stream" },
    });
    if (!reply.ok || !reply.body) {
      let detail = say("trouble");
      try { detail = (await reply.json()).detail || detail; } catch { /* no JSON: the general sentence stands */ }
      yield { event: "error", data: { detail } };
      return;
    }
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      waiting += value;
      for (let cut = waiting.indexOf("\n\n"); cut >= 0; cut = waiting.indexOf("\n\n")) {
        const block = waiting.slice(0, cut);
        waiting = waiting.slice(cut + 2);
        const event = (block.match(/^event: (.*)$/m) || [])[1];
        const data = (block.match(/^data: (.*)$/m) || [])[1];
        if (event && data) yield { event, data: JSON.parse(data) };
      }
    }
  }

  // ---- marking
  const marked = (text, spans) => {
    const made = [];
    let at = 0;
    for (const [low, high] of spans.filter(([a, b]) => a < b).sort((x, y) => x[0] - y[0])) {
      if (low < at || high > text.length) continue;
      if (low > at) made.push(text.slice(at, low));
      made.push(el("bdi", {}, el("mark", {}, text.slice(low, high)))); // a line breaks before the mark, not inside it
      at = high;
    }
    if (at < text.length) made.push(text.slice(at));
    return made.map((part) => (typeof part === "string" ? isolated(part) : part));
  };
  const claimMarks = (claim) => marked(claim.text, claim.differences
    .map((d) => (d.applied ? [d.claim_start - claim.start, d.claim_start - claim.start + d.applied.length, d.applied] : [d.claim_start - claim.start, d.claim_end - claim.start, d.claim]))
    .filter(([a, b, token]) => a >= 0 && claim.text.slice(a, b) === token));
  const sourceMarks = (claim, source) => {
    const count = counting(source.quote);
    return marked(source.quote, claim.differences
      .filter((d) => (d.docid ?? "") === source.docid && d.source_start >= source.start)
      .map((d) => [count.units(d.source_start - source.start), count.units(d.source_end - source.start), d.source])
      .filter(([a, b, token]) => source.quote.slice(a, b) === token));
  };

  const chip = (claim) => {
    const kind = outcome(claim);
    return el("span", { class: `chip ${KINDS[kind]}` }, el("span", { "aria-hidden": "true" }, SIGNS[kind]), ` ${say(LABELS[kind])}`);
  };
  const percent = (share) => new Intl.NumberFormat(lang, { style: "percent" }).format(share);
  const day = (moment) => {
    const at = moment ? new Date(moment) : null;
    return at && !Number.isNaN(at.getTime())
      ? new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" }).format(at)
      : say("no_date");
  };
  const articlePath = (source) => {
    const asked = new URLSearchParams({ tu: source.start, den: source.end });
    if (source.version) asked.set("v", source.version);
    if (lang === "en") asked.set("lang", "en");
    return `/bai/${encodeURIComponent(source.docid)}?${asked}#trich`;
  };

  const quotation = (claim, source) => el("figure", {},
    el("blockquote", { dir: "auto" }, ...sourceMarks(claim, source)),
    el("figcaption", {},
      el("strong", {}, isolated(source.outlet || say("no_outlet"))), " · ", day(source.published),
      source.corrected ? el("span", { class: "corrected" }, say("desk_corrected", { date: day(source.corrected) })) : null,
      el("span", { class: "title" }, isolated(source.title)),
      source.docid ? el("a", { href: articlePath(source), target: "_blank", rel: "noopener" }, `${say("desk_open")} ↗`) : null));

  const difference = (d, fix, fits) => {
    const done = d.applied !== undefined;
    const kind = words[`desk_kind_${d.kind}`];
    return el("li", {},
      el("dl", {},
        kind ? el("div", { class: "kind" }, el("dt", { class: "sr" }, kind), el("dd", {}, kind)) : null,
        el("div", { class: "ours" }, el("dt", {}, say("desk_in_draft")), el("dd", {}, isolated(d.claim))),
        el("div", { class: "theirs" }, el("dt", {}, say("desk_in_source")), el("dd", {}, isolated(d.source)))),
      done ? el("span", { class: "fixed" }, el("span", { "aria-hidden": "true" }, "✎ "), say("desk_fixed")) : null,
      !done && fix && d.claim && d.source && fits(d)
        ? el("button", { type: "button", class: "fix", "aria-label": say("desk_fix_this", { claim: d.claim, source: d.source }), onclick: () => fix(d) }, say("desk_fix"))
        : null);
  };

  // ---- a model's opinion, beside ours and named as the model's; the page for readers never has one
  const OPINIONS = { SUPPORTED: "second_supported", REFUTED: "second_refuted", NOT_ENOUGH_INFO: "second_open" };
  /** Whether the opinion says what the verdict says; null when there is none, or none was given. */
  const agrees = (claim) => (claim.second_opinion?.verdict ? claim.second_opinion.verdict === claim.verdict : null);
  const opinion = (claim) => {
    const given = claim.second_opinion;
    if (!given) return null;
    const same = agrees(claim);
    if (same === null) return el("p", { class: "opinion" }, isolated(say("second_none", { model: given.model, why: words[`second_${given.why_none}`] ?? say("second_nonsense") })));
    return el("p", { class: "opinion" },
      isolated(say("second_says", { model: given.model, verdict: say(OPINIONS[given.verdict]) })), " ",
      el("b", { class: "beside" }, el("span", { class: "unlike", "aria-hidden": "true" }, same ? "= " : "≠ "), say(same ? "second_agrees" : "second_differs")));
  };

  /** What the archive says of a claim, as nodes. fix(difference): offered when given, and where fits(difference) says so. */
  const findings = (claim, fix, fits) => {
    const made = [el("p", { class: "said", dir: "auto" }, ...claimMarks(claim))];
    if (claim.differences.length) made.push(el("ul", { class: "differences" }, ...claim.differences.map((d) => difference(d, fix, fits))));
    if (claim.missing.length && claim.missing[0] !== claim.text) made.push(el("p", { class: "missing" }, isolated(say("desk_missing", { what: claim.missing.join("; ") }))));
    const note = (claim.why_not && words[`check_${claim.why_not}`]) || claim.note; // the server's note is in Vietnamese
    if (note) made.push(el("p", { class: "note" }, isolated(note)));
    if (claim.evidence.length) made.push(el("h3", {}, say("desk_evidence")), ...claim.evidence.map((source) => quotation(claim, source)));
    else if (outcome(claim) === "NOT_ENOUGH_INFO") made.push(el("p", { class: "missing" }, say("desk_no_evidence")));
    return made;
  };
  const sure = (claim) => (claim.verdict && claim.checkable !== false ? el("span", { class: "sure" }, say("desk_confidence", { percent: percent(claim.confidence) })) : null);

  // ---- light and dark: one choice for every page of this site (cookie)
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.remove("light", "dark");
    root.classList.add(dark ? "light" : "dark");
    document.cookie = `ht_theme=${dark ? "light" : "dark"}; path=/; max-age=31536000; SameSite=Lax`;
  });

  const wrong = (sentence) => {
    const box = document.getElementById("wrong");
    box.textContent = sentence;
    box.hidden = !sentence;
  };

  return { say, lang, el, isolated, announce, counting, arrived, outcome, events, chip, sure, findings, claimMarks, agrees, opinion, wrong, KINDS, SIGNS, LABELS, proof: told.dataset.proof, model: told.dataset.model ?? "" };
})();

/* The widget's page: asks /api/ask and shows what comes, from text nodes only. */
(() => {
  "use strict";
  const main = document.querySelector("main");
  const words = JSON.parse(main.dataset.words);
  const form = main.querySelector("form");
  const box = main.querySelector("#q");
  const button = form.querySelector("button");
  const out = main.querySelector("#out");
  const KEPT = 10;
  const history = [];
  let asking = null;
  let count = 0;

  /* An element with text or elements inside; texts from answers come in <bdi>, so that a direction override ends there. */
  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const foreign = (text) => make("bdi", {}, String(text ?? ""));
  const web = (address) => {
    try {
      const url = new URL(address);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
    } catch { return ""; }
  };
  const link = (href, ...inside) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...inside);
  const day = (iso) => {
    const date = new Date(iso ?? NaN);
    return Number.isNaN(date.getTime()) ? words.no_date
      : new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" }).format(date);
  };
  const atQuote = (c) => `/bai/${encodeURIComponent(c.docid)}?tu=${Number(c.start)}&den=${Number(c.end)}#trich`;

  const sentence = (text, id, markers) => {
    const line = make("p");
    for (const part of text.split(/(\[\d+\])/)) {
      const found = /^\[(\d+)\]$/.exec(part);
      const known = found && markers.has(Number(found[1]));
      line.append(known ? make("a", { href: `#${id}-${found[1]}`, "aria-label": words.open_quote.replace("{n}", found[1]) }, part) : foreign(part));
    }
    return line;
  };

  const source = (c, id) => {
    const item = make("li", { id: `${id}-${Number(c.marker)}`, tabindex: "-1" });
    item.append(link(atQuote(c), `[${Number(c.marker)}] `, foreign(c.outlet || words.no_outlet), ` · ${day(c.published)} · `, foreign(c.title)));
    item.append(make("blockquote", {}, foreign(c.quote)));
    const original = web(c.url);
    if (original) item.append(link(original, `${words.original} ↗`));
    return item;
  };

  const show = (answer, id, place) => {
    const markers = new Set(answer.citations.map((c) => Number(c.marker)));
    place.replaceChildren();
    if (answer.short_answer) place.append(make("p", { class: "short" }, make("span", {}, `${words.short_answer}: `), foreign(answer.short_answer)));
    for (const line of String(answer.answer).split("\n")) if (line.trim()) place.append(sentence(line, id, markers));
    for (const note of answer.notes || []) place.append(make("p", { class: "note" }, foreign(note)));
    if (answer.citations.length) {
      const list = make("ol", {}, ...answer.citations.map((c) => source(c, id)));
      place.append(make("h3", {}, words.sources), list);
    }
  };

  /* The events of one question, as they come. */
  async function* events(question, signal) {
    const reply = await fetch("/api/ask", {
      method: "POST", signal, credentials: "omit", body: JSON.stringify({ question, history: history.slice(-6) }),
      headers: { "content-type": "application/json", accept: "text/event-stream", "x-csrf-token": main.dataset.proof },
    });
    if (!reply.ok || !reply.body) {
      let detail = words.trouble;
      try { detail = (await reply.json()).detail || detail; } catch { /* no JSON: the general sentence stands */ }
      yield ["error", { detail }];
      return;
    }
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let left = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (left + value).split("\n\n");
      left = blocks.pop();
      for (const block of blocks) {
        const found = /^event: (\w+)\ndata: (.*)$/.exec(block);
        if (found) yield [found[1], JSON.parse(found[2])];
      }
    }
  }

  async function ask(question) {
    asking?.abort();
    const mine = asking = new AbortController();
    const id = `a${++count}`;
    const place = make("div", { class: "answer", lang: "vi" }, make("p", { class: "note" }, words.thinking));
    const turn = make("article", {}, make("h2", {}, `${words.you}: `, foreign(question)), place);
    out.append(turn);
    while (out.children.length > KEPT) out.firstChild.remove();
    button.disabled = true;
    const growing = { answer: "", citations: [], notes: [], short_answer: "" };
    const lines = [];
    let ended = false;
    try {
      for await (const [name, data] of events(question, mine.signal)) {
        if (name === "citation") growing.citations.push(data);
        if (name === "sentence") {
          lines.splice(data.index, lines.length, data.text);
          show({ ...growing, answer: lines.join("\n") }, id, place);
        }
        if (name === "answer") {
          ended = true;
          show(data, id, place);
          history.push({ role: "user", content: question }, { role: "assistant", content: data.answer });
        }
        if (name === "error") {
          ended = true;
          place.replaceChildren(make("p", { class: "wrong" }, data.detail));
        }
      }
      if (!ended) throw new Error("cut off");
    } catch {
      if (!ended) place.replaceChildren(make("p", { class: "wrong" }, mine.signal.aborted ? words.widget_stopped : words.trouble));
    }
    if (asking === mine) {
      button.disabled = false;
      asking = null;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value.trim();
    if (!question) return;
    box.value = "";
    ask(question);
  });

  /* Told to the page around: the height alone, which is no secret. */
  const tell = () => window.parent !== window && window.parent.postMessage({ hoitinHeight: main.getBoundingClientRect().height + 2 }, "*");
  new ResizeObserver(tell).observe(main);
  tell();
})();

// One claim, for everybody: a sentence in, its cards out. What is common to both pages is in check.js.
"use strict";
(() => {
  const { say, el, announce, counting, arrived, outcome, events, chip, sure, findings, wrong, KINDS } = Desk;
  const $ = (id) => document.getElementById(id);
  let going = null;

  const card = (claim) => el("article", { class: `card ${KINDS[outcome(claim)]}` },
    el("header", {}, chip(claim), sure(claim)), ...findings(claim));

  $("ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    going?.abort();
    const mine = new AbortController();
    const draft = $("draft").value;
    wrong("");
    $("cards").replaceChildren();
    if (!draft.trim()) { wrong(say("desk_empty")); $("draft").focus(); return; }
    going = mine;
    $("stop").hidden = false;
    $("count").textContent = say("desk_reading");
    announce(say("desk_reading"));
    const count = counting(draft);
    let total = 0;
    let done = 0;
    let ended = false;
    try {
      for await (const { event: what, data } of events({ draft }, mine.signal)) {
        if (what === "claims") total = data.total;
        if (what === "check") {
          done += 1;
          $("cards").append(card(arrived(data, draft, count)));
          $("count").textContent = say("desk_progress", { done, total });
        }
        if (what === "error") { wrong(data.detail); ended = true; }
        if (what === "done") {
          ended = true;
          const tally = data.counts;
          announce(say("desk_done", { supported: tally.SUPPORTED, refuted: tally.REFUTED, unknown: tally.NOT_ENOUGH_INFO, none: tally.NO_CHECK }));
        }
      }
      if (!ended) wrong(say("desk_cut", { done, total }));
    } catch (error) {
      if (error.name === "AbortError") announce(say("desk_stopped", { done, total }));
      else wrong(say("desk_cut", { done, total }));
    }
    if (going === mine) { going = null; $("stop").hidden = true; if (total <= 1 || !done) $("count").textContent = ""; }
  });
  $("stop").addEventListener("click", () => going?.abort());
  $("draft").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("ask").requestSubmit(); }
  });
})();

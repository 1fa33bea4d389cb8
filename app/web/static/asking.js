// What the reader asks, sent one at a time. Gradio gives the server the conversation as it stood when an event was sent:
// a second one on its way would undo the first. What is asked meanwhile waits here, in sight, and goes when the last has
// ended by gradio's own word. Only the buttons' own data-* values and the words in the box travel.
(() => {
  "use strict";

  const key = `ht-unsent-${document.documentElement.lang}`;
  const SEEN_MS = 400; // a question that the page does not show by then is shown as waiting: there may be a crowd, or no server
  const LATE_MS = 5000; // a stopped answer says so at once; its word may be lost with the connection
  const held = []; // what waits: {by: gradio's event, data, words: what goes back into the box, told: what is shown}
  const running = new Map([["arrived", 1]]); // gradio's events that have not ended, by name
  const stopped = new Set(); // of these, what was left: their last word is a failure
  let sent = null; // what is being answered
  let place = null;
  let fire = null;

  const box = () => document.querySelector("#ht-box textarea");
  const put = (words) => {
    box().value = words;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  const giveBack = (...words) => {
    if (words.some((w) => w)) put([...words, box().value].filter((w) => w.trim()).join("\n"));
  };
  const tell = (name) => {
    const region = document.getElementById("ht-told");
    if (region) region.textContent = document.getElementById("ht-words")?.dataset[name] ?? "";
  };

  const newest = () => [...document.querySelectorAll("#ht-feed .ht-turn")].pop()?.id;
  const draw = () => {
    const section = place?.querySelector(".ht-held");
    if (!section) return;
    const unseen = sent && !sent.seen && Date.now() - sent.since >= SEEN_MS ? [sent] : [];
    const shown = [...unseen, ...held].filter((item) => item.told);
    section.hidden = !shown.length;
    section.querySelector("ul").replaceChildren(...shown.map((item) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = item.told;
      row.append(words);
      if (item === sent) return row; // it may be on its way
      const back = document.createElement("button");
      back.type = "button";
      back.textContent = section.dataset.back;
      back.title = section.dataset.backTitle;
      back.setAttribute("aria-label", `${section.dataset.backTitle}: ${item.told}`);
      back.addEventListener("click", () => {
        const at = held.indexOf(item);
        if (at < 0) return;
        held.splice(at, 1);
        giveBack(item.words);
        draw();
        box().focus();
      });
      row.append(back);
      return row;
    }));
  };

  const start = (name) => running.set(name, (running.get(name) ?? 0) + 1);
  const pump = () => {
    if (fire && !running.size && held.length) {
      sent = held.shift();
      Object.assign(sent, { since: Date.now(), before: newest() });
      start(sent.by === "submit" ? "asked" : "noted");
      fire(sent.by, sent.data);
      setTimeout(draw, SEEN_MS);
    }
    draw();
  };
  const take = (item) => {
    held.push(item);
    pump();
    if (!held.includes(item) || !item.told) return;
    tell("held");
    // On a phone the list would cover the answer that is waited for.
    const pending = document.querySelector("#ht-feed .ht-pending")?.getBoundingClientRect();
    const hidden = pending ? pending.bottom - document.getElementById("ht-foot").getBoundingClientRect().top : 0;
    if (hidden > 0) scrollBy(0, hidden + 8);
  };

  // Another conversation: the answer on its way is stopped, and what waited was meant for this one. The reader decides.
  const leave = (data) => {
    giveBack(...held.splice(0).map((item) => item.words));
    sent = null;
    for (const name of running.keys()) if (name !== "left") stopped.add(name);
    start("left");
    fire("stop", data);
    draw();
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch { /* a browser that keeps nothing gives nothing back */ }
    if (!kept) return;
    const last = [...document.querySelectorAll("#ht-feed .ht-question")].pop();
    const answered = last?.textContent.slice(last.querySelector(".ht-sr").textContent.length);
    giveBack(kept.sent === answered ? "" : kept.sent, ...kept.held);
  };
  addEventListener("pagehide", () => {
    const kept = { sent: sent?.words ?? "", held: [...held.map((item) => item.words), box()?.value ?? ""] };
    if (kept.sent || kept.held.some((words) => words)) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  });

  const end = (name) => {
    const left = (running.get(name) ?? 0) - 1;
    if (left > 0) running.set(name, left);
    else running.delete(name);
    stopped.delete(name);
  };
  window.hoiTin = {
    // Gradio's page is there: what its events are started with.
    open: (element, trigger) => {
      place = element;
      fire = trigger;
      pump();
    },
    // Gradio's word that an event has ended, well or not.
    ended: (name, well) => {
      if (well && stopped.has(name)) return;
      end(name);
      if (name === "arrived") restore();
      if (name === "left" && stopped.size) {
        setTimeout(() => { for (const late of [...stopped]) end(late); pump(); }, LATE_MS);
      }
      if (name === "asked" || name === "noted") {
        if (!well && sent?.words) {
          // What waited would be refused as well, and come back in another order.
          giveBack(sent.words, ...held.splice(0).map((item) => item.words));
          tell("unsent");
        }
        sent = null;
      }
      pump();
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      if (!sent || sent.seen || newest() === sent.before) return;
      sent.seen = true;
      draw();
    }).observe(document.body, { childList: true, subtree: true });
  });

  const send = () => {
    const words = box().value;
    if (!words.trim() && (running.size || !fire)) return; // Enter again, while the first is on its way
    put("");
    take({ by: "submit", data: { do: "ask", q: words }, words, told: words });
  };
  const press = (button) => {
    const data = { ...button.dataset };
    const same = (item) => JSON.stringify(item?.data) === JSON.stringify(data);
    if (same(sent) || held.some(same)) return;
    const asks = ["ask", "without"].includes(data.do);
    const told = data.q ?? button.getAttribute("aria-label") ?? button.textContent.trim();
    take({ by: asks ? "submit" : "apply", data, words: data.q ?? "", told });
  };
  const limit = (values) => {
    if (held.at(-1)?.data.do === "limit") held.pop(); // the form shows the newest, which is what counts
    take({ by: "apply", data: { do: "limit", ...values }, words: "", told: "" });
  };

  document.addEventListener("keypress", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("#ht-box textarea")) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#ht-box .submit-button")) return send();
    const button = event.target.closest?.("[data-do]");
    if (button?.closest("#ht-feed, #ht-more")) {
      if (event.detail < 2) press(button); // not the second of a double click
    } else if (button?.closest("#ht-limits")) limit({});
    else if (button?.closest("#ht-top")) {
      if (["new", "open"].includes(button.dataset.do)) leave({ ...button.dataset });
      else fire("clear", { ...button.dataset }); // forgetting an earlier conversation stops nothing
    }
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("#ht-limits form");
    if (form) limit(Object.fromEntries(new FormData(form)));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest?.("#ht-limits")) event.preventDefault();
  });
})();

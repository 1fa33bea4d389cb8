// What the browser does by itself: copy, share, export, print, light and dark, the peek at a quotation.
// Everything else is asked of the server. It runs nothing that came from an article: it moves text only.
(() => {
  "use strict";

  const words = () => document.getElementById("ht-words")?.dataset ?? {};
  const tell = (sentence) => {
    const region = document.getElementById("ht-told");
    if (!region || !sentence) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = sentence; }, 30);
  };

  // ---- gradio sets the language of the browser; the words on this page are in the language of its address
  const lang = document.documentElement.lang;
  new MutationObserver(() => {
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

  // ---- light and dark: what the reader chose wins over the system, here and on the article pages (cookie)
  const chosen = () => (document.cookie.match(/(?:^|; )ht_theme=(light|dark)/) || [])[1];
  const dress = () => {
    const dark = chosen() ? chosen() === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    if (document.body && document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
  };
  document.addEventListener("DOMContentLoaded", () => {
    dress();
    new MutationObserver(dress).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  const switchTheme = () => {
    const next = document.body.classList.contains("dark") ? "light" : "dark";
    document.cookie = `ht_theme=${next}; path=/; max-age=31536000; SameSite=Lax`;
    dress();
  };

  // ---- copying: the clipboard needs https or localhost; elsewhere the old way still works
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      tell(done);
      return true;
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      const went = document.execCommand("copy");
      box.remove();
      tell(went ? done : words().copyFailed);
      return went;
    }
  };
  const flash = (button, sentence) => {
    const before = button.textContent;
    button.textContent = sentence;
    setTimeout(() => { button.textContent = before; }, 1600);
  };

  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const allMarkdown = () =>
    [...document.querySelectorAll("#ht-feed .ht-md")].map((e) => e.textContent).join("\n\n---\n\n") + "\n";

  const here = {
    theme: switchTheme,
    print: () => window.print(),
    export: () => save("hoi-tin.md", allMarkdown()),
    copy: async (button) => {
      const text = button.closest(".ht-answer")?.querySelector(".ht-md")?.textContent ?? "";
      if (await copy(text, words().copied)) flash(button, "✓");
    },
    share: async (button) => {
      const link = new URL(location.pathname, location.origin);
      link.searchParams.set("q", button.dataset.q ?? "");
      if (await copy(link.href, words().shared)) flash(button, "✓");
    },
    skip: () => document.querySelector("#ht-box textarea")?.focus(),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-here]");
    if (button && here[button.dataset.here]) {
      event.preventDefault();
      here[button.dataset.here](button);
      return;
    }
    // A finger cannot hover: the first tap on [n] shows the quotation, the second opens the article.
    const cite = event.target.closest?.(".ht-cite");
    for (const shown of document.querySelectorAll(".ht-cite.ht-shown")) {
      if (shown !== cite) shown.classList.remove("ht-shown");
    }
    if (cite && matchMedia("(hover: none)").matches && !cite.classList.contains("ht-shown")) {
      event.preventDefault();
      cite.classList.add("ht-shown");
    }
    // An open list closes when the reader goes elsewhere, or has chosen.
    for (const drop of document.querySelectorAll(".ht-drop[open]")) {
      if (!drop.contains(event.target) || event.target.closest?.("[data-do=open]")) drop.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const shown of document.querySelectorAll(".ht-cite.ht-shown")) shown.classList.remove("ht-shown");
    for (const cite of document.querySelectorAll(".ht-cite:is(:hover, :focus-within)")) cite.classList.add("ht-hushed");
    const drop = document.querySelector(".ht-drop[open]");
    if (drop) { drop.open = false; drop.querySelector("summary")?.focus(); }
  });

  // ---- the server's first paint goes when gradio's own page is there
  const key = `hoitin-now-${lang}`;
  if ((localStorage.getItem(key) ?? "").length > 400) document.documentElement.classList.add("ht-returning");
  const arrive = () => {
    if (document.querySelector("#ht-feed :is(.ht-welcome, .ht-turn)")) document.getElementById("ht-first")?.remove();
  };

  // ---- the peek stands beside its [n] where there is room; on a phone it lies above the question box
  const place = (event) => {
    const cite = event.target.closest?.(".ht-cite");
    if (!cite) return;
    const peek = cite.querySelector(".ht-peek");
    const ref = cite.querySelector(".ht-ref").getBoundingClientRect();
    const wide = innerWidth >= 700;
    const width = Math.min(416, innerWidth - 32);
    const below = ref.bottom < innerHeight * 0.55;
    peek.style.width = wide ? `${width}px` : "";
    peek.style.right = wide ? "auto" : "";
    peek.style.left = wide ? `${Math.max(16, Math.min(ref.left - 24, innerWidth - width - 16))}px` : "";
    peek.style.top = wide && below ? `${ref.bottom + 2}px` : wide ? "auto" : "";
    peek.style.bottom = wide ? (below ? "auto" : `${innerHeight - ref.top + 2}px`) : "";
  };
  document.addEventListener("pointerover", place);
  document.addEventListener("focusin", place);
  document.addEventListener("pointerout", (event) => {
    const cite = event.target.closest?.(".ht-cite");
    if (cite && !cite.contains(event.relatedTarget)) cite.classList.remove("ht-hushed");
  });
  document.addEventListener("focusout", (event) => event.target.closest?.(".ht-cite")?.classList.remove("ht-hushed"));

  // ---- an answer replaces the conversation on the page, and the focus with it: it goes on at the answer
  let held = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(":is(#ht-feed, #ht-more) [data-do]");
    if (button) held = { turn: ["ask", "without"].includes(button.dataset.do) ? "" : `luot-${button.dataset.turn}` };
  }, true);
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest?.(".ht-turn")) held = null;
  });
  const keepFocus = () => {
    if (!held || document.activeElement !== document.body) return;
    const turns = document.querySelectorAll("#ht-feed .ht-turn");
    const turn = held.turn ? document.getElementById(held.turn) : turns[turns.length - 1];
    if (!turn) return;
    turn.tabIndex = -1;
    turn.focus({ preventScroll: true });
  };

  // ---- what to ask next belongs to the last answer: it goes when something else was asked
  const stale = () => {
    const turns = document.querySelectorAll("#ht-feed .ht-turn");
    const next = document.querySelector("#ht-more .ht-next");
    next?.classList.toggle("ht-stale", turns[turns.length - 1]?.id !== next.dataset.after);
  };

  // ---- scrolling: the newest question goes to the top when asked and again when answered;
  // who comes back from an article finds the place that was left
  const PLACE = "ht-place";
  addEventListener("pagehide", () => sessionStorage.setItem(PLACE, String(scrollY)));
  let seen = null;
  const follow = () => {
    const turns = document.querySelectorAll("#ht-feed .ht-turn");
    const last = turns[turns.length - 1];
    if (!last) {
      if (document.querySelector("#ht-feed .ht-welcome")) seen = "";
      return;
    }
    const state = last.id + (last.querySelector(".ht-pending") ? "?" : "!");
    if (state === seen) return;
    // On a phone the keyboard and the open filters would cover the answer.
    if (state.endsWith("?") && innerWidth < 500) document.querySelector(".ht-limits[open]")?.removeAttribute("open");
    // Who is typing the next question already keeps the keyboard.
    const typing = document.querySelector("#ht-box textarea")?.value;
    if (state.endsWith("?") && !typing && matchMedia("(hover: none)").matches) document.activeElement?.blur?.();
    const restored = seen === null && state.endsWith("!");
    seen = state;
    if (restored) {
      scrollTo(0, Number(sessionStorage.getItem(PLACE) ?? 0));
      return;
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (turns.length > 1 || innerHeight < 700) last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  };

  // ---- a field that was touched shows what is in force, not what was once chosen: gradio mends the tree in place
  const settle = (form) => {
    for (const field of form.elements) {
      if (field.tagName === "SELECT") field.value = field.querySelector("option[selected]")?.value ?? "";
      else if (field.name) field.value = field.getAttribute("value") ?? "";
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      for (const change of changes) {
        const form = (change.target.nodeType === 1 ? change.target : change.target.parentElement)?.closest?.(".ht-limits")?.querySelector("form");
        if (form) return settle(form);
        const inside = change.target.querySelector?.(".ht-limits form");
        if (inside) return settle(inside);
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true, attributeFilter: ["open", "value", "selected"] });
  });

  // ---- a shared link (?q=) asks once; a reload must not ask again
  const shared = new URL(location.href);
  if (shared.searchParams.has("q")) {
    addEventListener("load", () => setTimeout(() => {
      shared.searchParams.delete("q");
      history.replaceState(history.state, "", shared);
    }, 3000));
  }

  // Answers are rare, and nothing here changes the tree so that it would be called again.
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => { arrive(); stale(); follow(); keepFocus(); }).observe(document.body, { childList: true, subtree: true });
  });
})();

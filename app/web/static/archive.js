/* The archive's page: shows how far the source being added is, and the whole page anew when it has ended.
   What comes is HTML that the server made and escaped, as the page itself is. Without script, reloading does the same. */
(() => {
  "use strict";
  const place = document.getElementById("viec");
  const RUNNING = ["waiting", "reading", "comparing", "indexing"];
  const form = document.querySelector(".ht-add");
  const [address, file] = [form.querySelector("#address"), form.querySelector("#file")];
  form.addEventListener("submit", (event) => {
    if (!address.value.trim() && !file.files.length) {
      event.preventDefault();
      address.focus();
    }
  });
  if (!RUNNING.includes(place.dataset.stage)) return;
  const lang = document.documentElement.lang === "en" ? "?lang=en" : "";
  let shown = "";
  const look = async () => {
    try {
      const reply = await fetch(`/kho/viec${lang}`, { headers: { accept: "application/json" } });
      if (!reply.ok) return;
      const { stage, html } = await reply.json();
      if (!RUNNING.includes(stage)) {
        if (location.pathname === "/kho") location.reload();
        else location.assign(`/kho${lang}#them`);
        return;
      }
      if (html !== shown) place.innerHTML = shown = html;
    } catch { /* the server is away for a moment: asked again below */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 700);
})();

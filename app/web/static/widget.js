/* Hỏi Tin on a page of your own:
 *   <script src="https://tin.bao.example/widget.js" data-lang="vi" async></script>
 * data-lang: vi | en    data-theme: light | dark    data-question: stands in the box already    data-title: of the frame
 * It makes one <iframe> where it stands, as high as what is in it; it reads and changes nothing else of your page. */
(() => {
  "use strict";
  const me = document.currentScript;
  if (!me) return;
  const home = new URL(me.src);
  const address = new URL("/nhung", home);
  const given = me.dataset;
  if (given.lang === "en") address.searchParams.set("lang", "en");
  if (given.theme === "light" || given.theme === "dark") address.searchParams.set("theme", given.theme);
  if (given.question) address.searchParams.set("q", given.question.slice(0, 2000));
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = given.title || "Hỏi Tin";
  frame.loading = "lazy";
  frame.referrerPolicy = "origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
  frame.style.cssText = "display:block;width:100%;height:260px;border:0;color-scheme:normal";
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home.origin) return;
    const height = Number(event.data && event.data.hoitinHeight);
    if (height > 0) frame.style.height = Math.min(Math.max(Math.ceil(height), 160), 20000) + "px";
  });
  me.after(frame);
})();

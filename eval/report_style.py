"""The report page's style: light, dark and paper."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--muted:#5a636e;--line:#dde2e8;--card:#f5f7f9;
--accent:#0a6a94;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e6e9ed;--muted:#9aa4b0;--line:#31383f;--card:#1d2227;
--accent:#5cb8e0;--bad:#f2877e}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,Roboto,"Noto Sans",sans-serif}
main{max-width:860px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:1.5rem;line-height:1.3;margin:.2em 0}h2{font-size:1.15rem;margin:2em 0 .6em}h3{font-size:1rem;margin:1.6em 0 .4em}h4{font-size:1rem;margin:0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);padding:8px 10px;border-radius:6px;font-size:.84rem}
.muted,small{color:var(--muted);font-size:.86rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(124px,1fr));gap:12px}
.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 14px;display:grid}
.tile b{font-size:1.7rem;font-variant-numeric:tabular-nums;line-height:1.2}
svg{width:100%;height:auto;display:block;font-size:13px}
svg text{fill:var(--ink)}svg .tick{fill:var(--muted);font-size:11px}
.plots{display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start}.plots svg{flex:1 1 300px}
table{border-collapse:collapse;font-size:.88rem;margin:12px 0;width:100%}
th,td{text-align:left;padding:5px 8px;border-bottom:1px solid var(--line);vertical-align:top}
:is(td,th).n{text-align:right;font-variant-numeric:tabular-nums}td.n small{white-space:nowrap}
td.heat{
background:linear-gradient(90deg,color-mix(in srgb,var(--accent) 28%,transparent) var(--v),transparent var(--v))}
.wide{overflow-x:auto}.wide svg{min-width:520px}
.run+.run{border-top:2px solid var(--line);margin-top:3em}
article,.failed{border:1px solid var(--line);border-left:4px solid var(--bad);border-radius:6px;padding:12px 14px;
margin:12px 0;break-inside:avoid}
article p{margin:.35em 0}.said{white-space:pre-line}article ol{margin:.4em 0;padding-left:1.6em;font-size:.88rem}
q{quotes:"“" "”"}a{color:var(--accent)}
@media print{:root{--paper:#fff;--ink:#000;--muted:#444;--line:#bbb;--card:#fff;--accent:#0a6a94;--bad:#b3261e}
main{max-width:none;padding:0}.run{break-before:page}body{font-size:11pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
""".strip()

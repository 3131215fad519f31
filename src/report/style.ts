/** Custom properties that carry the colours, by scheme. */
export const lightColours = `--paper: #fbfbf9; --card: #ffffff; --ink: #1b1f24; --quiet: #59626d; --line: #e2e4e1; --track: #f0f1ee; --link: #1f5fbf; --focus: #1f5fbf;
  --good: #1a6b3c; --good-soft: #e6f3ea; --bad: #b3261e; --bad-soft: #fcebe9; --warn: #875300; --warn-soft: #fbf1de; --soft: #eff0ed;
  --c0: #3b6fd4; --c1: #0e8388; --c2: #7a58d1; --c3: #a96f12; --c4: #bf4079; --c5: #3c8a3c; --c6: #60707f; --c7: #9a5a32;`;

export const darkColours = `--paper: #13151a; --card: #1a1d23; --ink: #e7e9ec; --quiet: #a0a9b4; --line: #2c3139; --track: #23272e; --link: #8ab4f8; --focus: #8ab4f8;
    --good: #7fd19b; --good-soft: #17301f; --bad: #ff9d94; --bad-soft: #3a1d1b; --warn: #f0c070; --warn-soft: #352815; --soft: #252a31;
    --c0: #7aa5f5; --c1: #4cc0c0; --c2: #b09af0; --c3: #dfae55; --c4: #ee86b2; --c5: #7cc77c; --c6: #a3b1bf; --c7: #d39a72;`;

/** The whole look. Custom properties carry the two colour schemes. */
export const style: string = `
:root {
  color-scheme: light dark;
  ${lightColours}
}
@media (prefers-color-scheme: dark) {
  :root {
    ${darkColours}
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
code, pre, .ms, .scale { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
a { color: var(--link); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.wrap { max-width: 1200px; margin: 0 auto; padding: 0 28px; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip-link:focus { position: static; width: auto; height: auto; clip-path: none; display: inline-block; margin: 12px 28px; }
ul, ol { margin: 0; padding: 0; list-style: none; }
h1, h2, h3, h4, p, dl, dd { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; }
h2 { font-size: 21px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { font-size: 16px; font-weight: 600; }
h4 { font-size: 14px; font-weight: 600; margin: 16px 0 4px; }
.quiet, .empty { color: var(--quiet); }
.lead { color: var(--quiet); margin: 4px 0 20px; max-width: 68ch; }

header.wrap { padding-top: 44px; }
.brand { color: var(--quiet); font-size: 14px; font-weight: 600; letter-spacing: .02em; margin-bottom: 8px; }
.verdict { display: flex; gap: 14px; align-items: baseline; margin: 22px 0 0; padding: 16px 20px; border-radius: 12px; border: 1px solid var(--line); background: var(--card); border-left: 6px solid var(--good); }
.verdict.fail { border-left-color: var(--bad); }
.verdict b { font-size: 19px; }
.verdict .sign { font-weight: 700; color: var(--good); }
.verdict.fail .sign { color: var(--bad); }
.facts-row { display: flex; flex-wrap: wrap; gap: 8px 40px; margin: 24px 0 0; }
.facts-row dt { color: var(--quiet); font-size: 13px; }
.facts-row dd { font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
nav { margin: 24px 0 0; border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 0 22px; }
nav a { display: inline-block; padding: 10px 0; color: var(--ink); text-decoration: none; font-weight: 550; }
nav a:hover { text-decoration: underline; }
nav .quiet { font-weight: 400; font-size: 14px; }
section { padding: 40px 0 8px; }
footer.wrap { margin-top: 48px; padding-bottom: 40px; color: var(--quiet); font-size: 14px; }
footer p { padding-top: 18px; border-top: 1px solid var(--line); }

.sign { display: inline-block; width: 1.2em; text-align: center; flex: none; }
.pill, .badge, .tag { display: inline-block; padding: 0 8px; border-radius: 999px; background: var(--soft); font-size: 13px; line-height: 21px; font-weight: 550; white-space: nowrap; }
.badge, .tag { font-size: 12px; line-height: 19px; padding: 0 7px; font-weight: 500; }
.badge.bad, .bad > .tag, .fail .pill, .gone .pill { background: var(--bad-soft); color: var(--bad); }
.pass .pill, .came .pill { background: var(--good-soft); color: var(--good); }
span.pill.warn, .warn .pill, .changed .pill { background: var(--warn-soft); color: var(--warn); }
span.bad { color: var(--bad); }
.next { margin-top: 4px; }
.next b { font-weight: 600; font-size: 13px; margin-right: 4px; }

.checks { border: 1px solid var(--line); border-radius: 12px; background: var(--card); margin-top: 18px; }
.check { display: flex; gap: 12px; padding: 13px 20px; }
.check + .check { border-top: 1px solid var(--line); }
.check > div { min-width: 0; flex: 1; }
.check .head b { font-weight: 600; }
.check.pass .head b, .check.skip .head b { font-weight: 400; }
.check .word { color: var(--quiet); font-size: 13px; line-height: 25px; width: 62px; flex: none; }
.check .sign { font-weight: 700; }
.check.pass .sign { color: var(--good); }
.check.fail .sign, .check.fail .word { color: var(--bad); }
.check.warn .sign, .check.warn .word { color: var(--warn); }
.check.skip .sign { color: var(--quiet); }
.details { margin: 6px 0 2px; font-size: 14.5px; }
.details li { padding: 2px 0 2px 14px; border-left: 2px solid var(--line); }
.fold > summary { color: var(--quiet); font-size: 13.5px; cursor: pointer; width: fit-content; }
section > .wrap > h3 { margin: 22px 0 4px; }

.golden { border: 1px solid var(--line); border-radius: 12px; background: var(--card); padding: 16px 20px; margin-top: 14px; }
.golden.same { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; padding: 11px 20px; }
.golden.same h3 { min-width: 140px; }
.golden.same + .golden.same { border-top: 0; border-radius: 0; margin-top: 0; }
.golden.same:has(+ .same) { border-bottom: 1px solid var(--line); border-bottom-left-radius: 0; border-bottom-right-radius: 0; }
.golden.same + .golden.same:not(:has(+ .same)) { border-radius: 0 0 12px 12px; }
.tree { margin: 12px 0 4px; }
.tree ul ul { margin-left: 7px; padding-left: 17px; border-left: 1px solid var(--line); }
.tree li { padding: 3px 0; }
.tree .step { color: var(--quiet); }
.tree > ul > li > .step { color: var(--ink); font-weight: 600; }
.difference { padding: 4px 0; }
.difference b { font-weight: 550; }
.pill + b { margin-left: 4px; }
del { color: var(--bad); text-decoration-thickness: 1px; }
ins { color: var(--good); text-decoration-thickness: 1px; text-underline-offset: 3px; }

.traces > li + li { margin-top: 12px; }
.trace { border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.trace > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; padding: 13px 20px; cursor: pointer; list-style: none; border-radius: 12px; }
.trace > summary::-webkit-details-marker, .span summary::-webkit-details-marker { display: none; }
.trace > summary::before { content: "▸"; color: var(--quiet); width: 12px; flex: none; }
.trace[open] > summary::before { content: "▾"; }
.trace > summary:hover { background: var(--track); }
.trace > summary .facts { margin-left: auto; color: var(--quiet); font-size: 14px; font-variant-numeric: tabular-nums; display: flex; flex-wrap: wrap; gap: 0 16px; }
.trace[open] { padding-bottom: 12px; }
.trace > .empty, .trace > h4, .trace > .notes { padding: 0 20px; }
.scale { display: flex; justify-content: space-between; margin: 0 calc(20px + 92px) 2px calc(20px + (100% - 40px - 92px) * .54); color: var(--quiet); font-size: 11.5px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
.span { content-visibility: auto; contain-intrinsic-height: auto 34px; }
.span > details > summary { display: grid; grid-template-columns: 54fr 46fr 92px; align-items: center; padding: 4px 20px; cursor: pointer; list-style: none; min-height: 34px; }
.span:nth-child(even) > details > summary { background: color-mix(in srgb, var(--track) 45%, transparent); }
.span > details > summary:hover { background: var(--track); }
.span > details > summary:focus-visible { outline-offset: -3px; }
.what { padding-left: calc(var(--d) * 18px); padding-right: 16px; font-size: 14.5px; line-height: 1.4; }
.what b { font-weight: 600; }
.service { color: var(--quiet); }
.kind { font-size: 11px; letter-spacing: .04em; color: var(--quiet); }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 3px; margin-right: 7px; background: var(--c); }
.bar { position: relative; height: 12px; background: linear-gradient(90deg, var(--line) 1px, transparent 1px) 0 0 / 25% 100%; }
.bar i { position: absolute; top: 0; bottom: 0; left: calc(var(--l) * 1%); width: max(3px, var(--w) * 1%); border-radius: 3px; background: var(--c); }
.bar i.bad { background: repeating-linear-gradient(135deg, var(--c) 0 5px, var(--bad) 5px 9px); }
.ms { text-align: right; font-variant-numeric: tabular-nums; font-size: 12.5px; }
.span dl, .fold dl { font-size: 13.5px; margin: 6px 20px 12px; padding: 10px 14px; background: var(--track); border-radius: 8px; }
.span > details > dl { margin-left: calc(20px + var(--d) * 18px + 16px); }
.span dl div, .fold dl div { display: grid; grid-template-columns: minmax(120px, 15em) 1fr; gap: 2px 16px; padding: 1px 0; }
dt { color: var(--quiet); }
.span dd { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; line-height: 1.6; white-space: pre-wrap; }
.notes { font-size: 13.5px; }
.span > .notes { padding: 0 20px 4px calc(20px + var(--d) * 18px + 16px); }
.note { padding: 2px 0; }
.notes .fold { display: inline-block; vertical-align: top; margin-left: 6px; max-width: 100%; }
.notes .fold[open] { display: block; margin: 2px 0; }
pre { white-space: pre-wrap; margin: 6px 0; padding: 10px 14px; background: var(--track); border-radius: 8px; max-height: 340px; overflow-y: auto; }
.more { padding: 12px 20px; color: var(--quiet); font-size: 14.5px; }
.js .static { display: none; }
button { font: inherit; font-size: 14px; font-weight: 550; color: var(--ink); background: var(--card); border: 1px solid var(--quiet); border-radius: 8px; padding: 6px 14px; margin-right: 8px; cursor: pointer; min-height: 36px; }
button:hover { background: var(--track); }

.map { display: block; width: 100%; height: auto; margin: 14px 0 18px; }
.map text { font: 550 13px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; }
.map .count { font-size: 12px; fill: var(--quiet); font-weight: 500; }
.map rect { fill: var(--card); stroke: var(--c, var(--line)); stroke-width: 2; }
.map .outside rect { stroke: var(--quiet); stroke-dasharray: 4 4; stroke-width: 1.5; }
.map .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.map .arrow.bad { stroke: var(--bad); stroke-dasharray: 5 4; }
.map marker path { fill: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: 15px; margin-top: 6px; }
th, td { text-align: left; vertical-align: top; padding: 9px 16px 9px 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; color: var(--quiet); font-size: 13px; padding-bottom: 6px; }
tbody th { font-weight: 550; }
.calls tbody th { width: 44%; }
.arrow-text { color: var(--quiet); padding: 0 4px; }
.links a { padding: 2px 4px; font-variant-numeric: tabular-nums; }
.calls + p { margin-top: 10px; font-size: 14px; }
.scores { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 14px; margin: 4px 0 14px; }
.score { border: 1px solid var(--line); border-radius: 12px; background: var(--card); padding: 14px 20px; min-width: 0; }
.score .points { font-size: 26px; font-weight: 650; line-height: 1.4; font-variant-numeric: tabular-nums; margin-right: 6px; }
.score .pill { vertical-align: 4px; }
.score dl { display: grid; gap: 2px; margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); font-size: 14px; }
.score dl div { display: flex; justify-content: space-between; gap: 12px; }
.score dd { font-variant-numeric: tabular-nums; white-space: nowrap; }
.totals { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 0 0 12px; color: var(--quiet); }
.totals b { color: var(--ink); font-size: 18px; }
.ledger .site { display: block; }
.ledger th .quiet { font-size: 13.5px; font-weight: 400; }
.ledger th[scope=row] { width: 28%; }
.ledger td.state { width: 130px; }
.ledger td:nth-child(3) { width: 26%; }
.ledger td .next { display: block; }

.c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); } .c3 { --c: var(--c3); }
.c4 { --c: var(--c4); } .c5 { --c: var(--c5); } .c6 { --c: var(--c6); } .c7 { --c: var(--c7); }

@media (max-width: 720px) {
  .wrap { padding: 0 16px; }
  header.wrap { padding-top: 26px; }
  h1 { font-size: 25px; }
  .facts-row { gap: 8px 28px; }
  section { padding-top: 32px; }
  .check, .trace > summary { padding: 12px 14px; }
  .check { flex-wrap: wrap; gap: 0 6px; }
  .check > div { flex-basis: 100%; padding-left: 25px; }
  .trace > summary .facts { margin-left: 22px; width: 100%; gap: 0 12px; }
  .scale { display: none; }
  .span > details > summary { grid-template-columns: 1fr auto; gap: 4px 10px; padding: 7px 14px; }
  .what { padding-left: calc(var(--d) * 7px); padding-right: 0; }
  .bar { grid-column: 1 / -1; grid-row: 2; height: 8px; }
  .span > .notes { padding: 0 14px 6px calc(14px + var(--d) * 7px); }
  .span > details > dl { margin: 6px 14px 12px; }
  .span dl div, .fold dl div { grid-template-columns: 1fr; padding: 3px 0; }
  .map { display: none; }
  .golden { padding: 14px; }
  .golden.same { padding: 11px 14px; }
  .tree ul ul { margin-left: 4px; padding-left: 9px; }
  .tree ul ul ul ul ul ul ul ul { margin-left: 0; padding-left: 0; border-left: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, tbody th, td { display: block; }
  tbody tr { border-top: 1px solid var(--line); padding: 12px 0; }
  tbody th, tbody td { border: 0; padding: 2px 0; }
  .ledger th[scope=row], .calls tbody th, .ledger td.state, .ledger td:nth-child(3) { width: auto; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (forced-colors: active) { .bar i, .dot { forced-color-adjust: none; } }
@media print { nav, .more button { display: none; } .trace { break-inside: avoid; } }
`;

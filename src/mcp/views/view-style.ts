/** What the views add to the look of the report. They are narrow, and stand in a page of somebody else. */
export const viewStyle = `
body { font-size: 15px; line-height: 1.5; }
main { padding: 18px 20px 20px; max-width: 900px; }
h1 { font-size: 21px; } h2 { font-size: 16px; } h3 { font-size: 14.5px; }
main section { padding: 22px 0 0; }
.traces, .checks { margin-top: 10px; }
.untimed { grid-template-columns: 1fr !important; }
.brand { margin-bottom: 2px; font-size: 13px; }
.lead { margin: 2px 0 10px; font-size: 14px; }
.lead:empty { display: none; }
.size { margin-top: 4px; font-variant-numeric: tabular-nums; }
ins, del { text-decoration: none; }
.codemods, .file, .refusal, .ask { border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.codemod { padding: 10px 14px; }
.codemod + .codemod { border-top: 1px solid var(--line); }
.codemod label { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 9px; min-height: 28px; font-weight: 600; cursor: pointer; width: fit-content; }
.codemod input { width: 18px; height: 18px; margin: 0; accent-color: var(--link); }
.codemod label code { font-size: 14px; }
.codemod ul { padding-left: 27px; font-size: 14px; }
.codemod li { padding: 2px 0; }
.codemod.out > ul { color: var(--quiet); text-decoration: line-through; }
.codemod.out > ul .places { text-decoration: none; }
.places code { color: var(--quiet); margin-right: 4px; }
.file { margin-top: 10px; padding: 10px 14px; }
.why { margin: 6px 0 0; font-size: 13.5px; color: var(--quiet); }
.diff { font-size: 12px; line-height: 1.55; padding: 8px 0; margin: 6px 0 4px; max-height: none; }
.line { display: block; position: relative; padding: 0 10px 0 24px; color: inherit; background: none; }
.line b { position: absolute; left: 10px; font-weight: 600; }
.diff ins { background: var(--good-soft); color: var(--good); } .diff del { background: var(--bad-soft); color: var(--bad); } .diff mark { background: var(--warn-soft); color: var(--warn); }
.rows { font-size: 14px; margin-top: 6px; }
.rows > li { padding: 4px 0; }
.rows > li + li { border-top: 1px solid var(--line); }
.more-facts { margin-top: 16px; }
.more-facts > summary { cursor: pointer; font-weight: 550; width: fit-content; }
main footer { margin-top: 20px; padding-top: 16px; border-top: 1px solid var(--line); }
.ask { padding: 12px 16px; border-color: var(--focus); }
.ask p + p { margin-top: 10px; }
.refusal { padding: 12px 16px !important; border-left: 5px solid var(--bad) !important; }
.refusal button { margin-top: 8px; }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
.good { color: var(--good); }
.busy { margin-top: 8px; }
button.main { background: var(--link); border-color: var(--link); color: var(--card); }
button.main:hover { filter: brightness(1.08); }
button:disabled { opacity: .55; cursor: default; }
@media (max-width: 480px) { main { padding: 14px 14px 16px; } .codemod ul { padding-left: 0; } }
`;

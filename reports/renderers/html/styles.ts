import { tokens } from '../../tokens.js';

/** The style sheet of every page: tokens for light and dark, then layout, then print. */
export const styles: string = compact(`
:root { ${theme(0)} color-scheme: light; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${theme(1)} color-scheme: dark; } }
:root[data-theme="dark"] { ${theme(1)} color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-padding-top: 64px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 400 13px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
code { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--gain-text); }
strong { font-weight: 650; }
:focus-visible { outline: 2px solid var(--gain); outline-offset: 2px; }
[hidden] { display: none !important; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; top: 8px; padding: 8px 12px; background: var(--surface); z-index: 2; }
.skip:focus { left: 12px; }
header { position: sticky; top: 0; z-index: 1; background: var(--bg); border-bottom: 1px solid var(--line); }
.bar { max-width: 1320px; min-height: 55px; margin: 0 auto; padding: 8px 28px; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
.bar > strong { font-size: 15px; }
.bar > a { font-weight: 650; font-size: 15px; color: var(--ink); text-decoration: none; }
.bar .name { font-weight: 650; font-size: 13px; }
.facts { color: var(--ink2); font-size: 12px; }
.origin { color: var(--warn-text); background: var(--warn-wash); padding: 2px 8px; border-radius: 5px; font-size: 12px; }
.tools { margin-left: auto; display: flex; gap: 12px; }
button, input { font: inherit; font-size: 12px; color: var(--ink); background: var(--surface); border: 1px solid var(--ctl); border-radius: 5px; min-height: 28px; padding: 3px 10px; }
button { cursor: pointer; }
.choice { display: inline-flex; }
.choice button { border-radius: 0; margin-left: -1px; color: var(--ink2); }
.choice button:first-child { border-radius: 5px 0 0 5px; margin-left: 0; }
.choice button:last-child { border-radius: 0 5px 5px 0; }
.choice button[aria-pressed="true"], .tools button[aria-pressed="true"] { background: var(--sunken); color: var(--ink); font-weight: 650; }
.page { max-width: 1320px; margin: 0 auto; padding: 28px; display: grid; grid-template-columns: 176px minmax(0, 1fr); gap: 44px; }
.page.single { grid-template-columns: minmax(0, 1fr); max-width: 1080px; }
nav { position: sticky; top: 84px; align-self: start; font-size: 13px; }
nav a { display: flex; justify-content: space-between; gap: 8px; padding: 3px 0; color: var(--ink2); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
nav .n { color: var(--ink3); }
main > section { margin-bottom: 48px; }
h1 { font-size: 27px; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; max-width: 32em; margin-bottom: 20px; text-wrap: balance; }
h2 { font-size: 17px; line-height: 1.25; font-weight: 650; margin-bottom: 4px; max-width: 52em; }
h2.label, h3.label { font-size: 12px; font-weight: 400; color: var(--ink2); margin-bottom: 4px; }
h3 { font-size: 13px; line-height: 1.25; font-weight: 650; }
.note { color: var(--ink2); max-width: 82ch; margin-bottom: 12px; }
.small { color: var(--ink2); font-size: 12px; }
.lead { font-size: 15px; line-height: 1.4; margin-bottom: 8px; }
.faint { color: var(--ink2); }
.gain-text { color: var(--gain-text); }
.cost-text { color: var(--cost-text); }
.big { font-size: 22px; font-weight: 650; line-height: 1.25; }
.strip { display: flex; align-items: baseline; gap: 14px; padding: 12px 16px; margin-bottom: 24px; border-left: 3px solid var(--line2); border-radius: 0 6px 6px 0; background: var(--sunken); }
.strip .glyph { flex: none; }
.gain-strip { background: var(--gain-wash); border-color: var(--gain); }
.warn-strip { background: var(--warn-wash); border-color: var(--warn); }
.cost-strip { background: var(--cost-wash); border-color: var(--cost); }
.three { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.35fr) minmax(0, 1fr); border-top: 2px solid var(--ink); }
.three > div { padding: 14px 22px 4px; border-left: 1px solid var(--line); }
.three > div:first-child { padding-left: 0; border-left: 0; }
.findings li { display: flex; gap: 10px; align-items: baseline; padding: 2px 0; overflow-wrap: anywhere; }
.findings .glyph { flex: none; }
.unknown li { display: flex; gap: 16px; align-items: baseline; padding: 10px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.unknown { margin-top: 8px; border-bottom: 1px solid var(--line); }
.unknown .glyph { flex: none; }
.glyph { position: relative; top: 1px; overflow: visible; }
.glyph.open { fill: none; stroke-width: 1.6; }
.glyph.open.cost { stroke: var(--cost); stroke-width: 2; }
.glyph.open.warn { stroke: var(--warn); }
.glyph.open.quiet { stroke: var(--unresolved); }
.glyph.solid.cost { fill: var(--cost); }
.glyph.solid.gain { fill: var(--gain); }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 16px 20px; overflow-x: auto; }
.note + .panel, h2 + .panel { margin-top: 12px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; font-weight: 400; padding: 6px 16px 6px 0; vertical-align: middle; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--ink2); font-size: 12px; vertical-align: bottom; border-bottom: 1px solid var(--line2); }
tbody tr { border-top: 1px solid var(--line); }
thead + tbody tr:first-child, caption + tbody tr:first-child { border-top: 0; }
table.columns th { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
td .small, th .small { display: block; }
td .small.inline { display: inline; }
table .glyph { margin-right: 8px; }
.name { white-space: nowrap; overflow-wrap: normal; }
.name.cut { cursor: help; border-radius: 3px; }
.name.cut:focus::after { content: attr(data-full); position: absolute; margin: 22px 0 0 -160px; max-width: min(560px, 80vw); white-space: normal; overflow-wrap: anywhere; padding: 6px 10px; background: var(--surface); color: var(--ink); border: 1px solid var(--ctl); border-radius: 5px; box-shadow: 0 4px 16px rgb(0 0 0 / .2); z-index: 3; }
.sliced { position: absolute; }
.chart { display: block; max-width: 100%; height: auto; overflow: visible; }
.chart text, .slice text, symbol text { font-family: inherit; }
.slice { display: block; position: relative; height: auto; overflow: hidden; }
.behind { position: absolute; top: 0; left: 0; height: 100%; }
th .behind { display: none; }
table.defects td, table.defects th { padding-top: 0; padding-bottom: 0; }
table.defects thead th { padding-bottom: 4px; }
table.defects .slice, table.defects .behind { width: 208px; }
table.defects thead th span { display: block; }
.printed-axes { display: none; }
.defect th, .defect td { height: 48px; }
.defect th { font-weight: 650; padding: 8px 16px 4px 0; }
.defect .finding { display: block; margin-left: 20px; font-weight: 400; font-size: 12px; color: var(--ink2); max-width: 90ch; overflow-wrap: anywhere; }
.repair { border-top: 0 !important; height: 52px; }
.repair > td:first-child { width: 24%; padding-left: 40px; text-indent: -20px; overflow-wrap: anywhere; line-height: 1.35; }
.repair .number { font-size: 13px; line-height: 1.35; }
.repair .number .small { white-space: normal; margin-left: auto; max-width: 168px; }
.drawing { position: relative; padding-right: 8px !important; }
.value { font-weight: 650; }
.repair .number .limits { white-space: nowrap; max-width: none; }
th .name.cut, td span.name.cut { white-space: normal; }
table.columns .name.cut { white-space: nowrap; }
.value.open { font-weight: 400; }
.panel + .small { margin-top: 8px; }
table + table { margin-top: 28px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; padding-top: 10px; border-top: 1px solid var(--line); color: var(--ink2); font-size: 12px; }
.zone { display: inline-block; width: 14px; height: 10px; background: var(--sunken); border: 1px solid var(--line); }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 24px 28px; }
.curves figcaption { min-height: 3em; margin-bottom: 6px; overflow-wrap: anywhere; }
.curves figcaption .small { display: block; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--ink2); font-size: 12px; min-height: 24px; }
.pays { display: grid; grid-template-columns: minmax(0, 1fr) 262px; gap: 24px; }
table.steps td, table.steps th { padding-top: 0; padding-bottom: 0; line-height: 1.35; }
table.steps tbody th, .repair > td { padding-top: 3px; padding-bottom: 3px; }
table.steps tbody tr { border-top: 0; height: 52px; }
table.steps thead span { display: block; }
table.steps .slice, table.steps .behind { width: 320px; }
table.steps th[scope="row"] { padding-left: 20px; text-indent: -20px; overflow-wrap: anywhere; }
table.steps th .small { text-indent: 0; }
.proof { border-left: 1px solid var(--line2); padding-left: 20px; }
.proof .big { margin-top: 8px; }
.proof dl { margin: 8px 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 20px; align-content: start; }
dt { color: var(--ink2); }
dd { overflow-wrap: anywhere; }
.filter { display: flex; justify-content: flex-end; gap: 12px; margin: -34px 0 12px; }
.filter input { width: 190px; }
.spark path { fill: var(--reference); }
table.pairs .repair > td:first-child { width: auto; padding: 3px 16px 3px 0; text-indent: 0; }
table.pairs tr + tr > td:last-child { padding-right: 16px; }
h3.label { margin: 28px 0 4px; }
.whisker path, .whisker circle { stroke: var(--unresolved); stroke-width: 1.5; fill: none; }
.whisker .zero { stroke: var(--line2); stroke-width: 1; }
.whisker .budget { stroke: var(--ink3); stroke-width: 1; stroke-dasharray: 1 3; }
.whisker .pays { stroke: var(--gain); }
.whisker circle.pays { fill: var(--gain); }
.whisker .can-go { stroke: var(--ink2); }
.whisker circle.can-go { fill: var(--ink2); }
.whisker circle.not-resolved { fill: var(--surface); }
.gauge { margin-left: 8px; vertical-align: middle; }
.gauge .track { stroke: var(--line); stroke-width: 2; }
.gauge .level { stroke: var(--unresolved); stroke-width: 5; }
.gauge .dot { fill: var(--ink2); }
.gauge .high { fill: var(--cost); }
.chip { display: inline-block; margin: 1px 6px 1px 0; padding: 0 6px; border: 1px solid var(--line2); border-radius: 5px; white-space: nowrap; }
table.rows td { overflow-wrap: anywhere; }
table.rows code { white-space: nowrap; }
.copy { display: flex; align-items: center; justify-content: space-between; gap: 12px; margin-top: 12px; padding: 8px 12px; background: var(--sunken); border-radius: 5px; }
.copy code { overflow-x: auto; }
.how { display: grid; grid-template-columns: 1.2fr 1fr .8fr; gap: 40px; margin-bottom: 12px; }
table.runs td a { display: block; white-space: nowrap; }
.plain { max-width: 1320px; margin: 0 auto; padding: 28px; }
@media (max-width: 1180px) { .page { grid-template-columns: 140px minmax(0, 1fr); gap: 28px; } .pays { grid-template-columns: 1fr; } .proof { border-left: 0; padding-left: 0; } }
@media (max-width: 900px) {
  .page { grid-template-columns: minmax(0, 1fr); padding: 20px; gap: 20px; }
  nav { position: static; }
  nav ol { display: flex; flex-wrap: wrap; gap: 0 16px; }
  .three { grid-template-columns: 1fr; }
  .three > div { padding: 12px 0; border-left: 0; border-top: 1px solid var(--line); }
  .three > div:first-child { border-top: 0; }
  table.defects .slice, table.defects .behind { width: 160px; }
  .how { grid-template-columns: 1fr; gap: 20px; }
  .filter { margin: 8px 0; justify-content: flex-start; }
}
@media (prefers-contrast: more) { :root { --ink2: var(--ink); --ink3: var(--ink); --line: var(--ctl); --line2: var(--ctl); } }
@page { margin: 14mm 12mm 16mm; @bottom-left { content: "Assay report"; font: 9px sans-serif; } @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; } }
@media print {
  :root, :root[data-theme], :root:not([data-theme="light"]) { ${theme(0)} color-scheme: light; }
  body { background: #fff; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header { position: static; }
  nav, .tools, .filter, .skip, .copy button, summary { display: none !important; }
  .page { display: block; padding: 14px 0 0; max-width: none; }
  .bar { padding: 8px 0; }
  h1 { font-size: 20px; }
  .panel { overflow: visible; padding: 10px 12px; break-inside: avoid; }
  thead { display: table-header-group; }
  tr, figure, .strip, .three, .proof, .unknown li { break-inside: avoid; }
  h2, .note, summary { break-after: avoid; }
  .panel:has(tr:nth-child(13)), .panel:has(table.defects, table.steps) { break-inside: auto; }
  .printed-axes { display: table-row-group; }
  table.defects thead .slice, table.steps thead .slice { display: none; }
  .defect, .repair:not(:last-child) { break-after: avoid; }
  .note { break-inside: avoid; }
  .columns tbody tr:nth-child(n + 101) { display: none; }
  table, .repair .number, thead th { font-size: 10px; }
  table .small, .defect .finding { font-size: 9px; }
  th, td { padding-right: 8px; }
  table.columns th, table.columns .name.cut, .chip { white-space: normal; overflow-wrap: anywhere; }
  .gauge { width: 40px; margin-left: 4px; }
  .columns .spark { width: 72px; }
  table.defects .slice, table.defects .behind { width: 132px; }
  .repair .number .limits { display: block; }
  table.steps .slice, table.steps .behind { width: 240px; }
  .pays { grid-template-columns: 1fr; }
  .curves { grid-template-columns: 1fr 1fr; }
  .three { grid-template-columns: 1fr 1.35fr 1fr; }
  .three > div { padding: 8px 12px; border-top: 0; border-left: 1px solid var(--line); }
}
`);

function theme(side: 0 | 1): string {
  return Object.entries(tokens)
    .map(([name, colors]) => `--${name}: ${colors[side]};`)
    .join(' ');
}

/** One rule a line, without the indentation. */
function compact(css: string): string {
  return css
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

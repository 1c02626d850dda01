import type { ChainStep, Effect } from '../../src/core/effect.js';
import { defectTable, foundNothing, notKnown, otherMetrics, type DefectRow, type Status } from '../defect-table.js';
import { namedGains } from '../demo-gains.js';
import { auc, capital, change, count, cut as cutWith, interval, list, visible } from '../format.js';
import { titles } from '../headings.js';
import type { Report } from '../model.js';
import {
  curveTitle,
  curveTolerance,
  effectLimits,
  effectValue,
  effectWord,
  gateOutcomeWord,
  gateSentence,
  metricName,
  notKnownReason,
  otherMetric,
  otherMetricsNote,
  outcomeWord,
  proofSentence,
  resolutionSentence,
  splitParts,
  strengthNote,
  togetherSentence,
} from '../sentences.js';
import {
  capacityWord,
  columnsLeftOut,
  columnsThatCanGo,
  columnsTogether,
  labelNoiseSentence,
  modelText,
  rowsWorthText,
  trustedSentence,
  valueWithin,
} from '../worth-sentences.js';
import { rollingHeading, rollingNote, rollingSentence } from '../rolling-sentences.js';
import { otherLines } from '../other-model-lines.js';
import { agreementSentence, otherModelHeading, otherModelLevel, otherModelUnknown } from '../other-model-sentences.js';
import { places } from './places.js';
import { TextPage, type Color } from './text-page.js';
import { asciiAxis, asciiInterval, asciiScale, type AsciiScale } from './ascii-interval.js';

export interface TerminalOptions {
  /** Columns of the terminal; below 72 the drawings are left out and the numbers kept. */
  readonly width: number;
  /** Colour by escape sequences; never the only carrier of a meaning. */
  readonly color: boolean;
  /** Only the verdict, the AUC and what is not known. */
  readonly quiet?: boolean;
  /** Also the rules of the gate that passed. */
  readonly explain?: boolean;
}

/** The report as ASCII text (user names keep their letters); every number in it is in the document. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const page = new TextPage(Math.max(40, Math.min(120, options.width)), options.color);
  head(page, report);
  gate(page, report, options.explain === true);
  unknown(page, report);
  if (options.quiet !== true) {
    defects(page, report);
    places(page, report);
    others(page, report);
    otherModel(page, report);
    tolerance(page, report);
    worth(page, report);
    chain(page, report);
    demo(page, report);
    foot(page, report);
  }
  return page.text();
}

function head(page: TextPage, report: Report): void {
  const { study, verdict, how } = report;
  const origin = study.origin === undefined ? '' : `   (${study.origin} data)`;
  page.ends(`assay ${visible(how.versions['assay'] ?? '')}   ${cut(study.name, 40)}${origin}`, `seed ${how.seed}`);
  const size = `${count(study.rows)} rows x ${count(study.columnCount)} columns`;
  page.wrap([size, ...splitParts(report)].join('   '), '', '   ');
  for (const f of study.files) {
    if (f.rejected > 0)
      page.wrap(`${count(f.rejected)} malformed lines of ${cut(f.name, 40)} were set aside`, '', '  ');
  }
  page.line();
  page.wrap(`${verdictWord[verdict.code]}  ${visible(verdict.sentence)}`, '', '  ', 'bold');
  if (verdict.auc !== null) page.wrap(aucLine(verdict.auc), '', '      ');
  page.line();
}

const verdictWord: Readonly<Record<Report['verdict']['code'], string>> = {
  audited: 'AUDITED',
  'nothing-resolved': 'NOT RESOLVED',
  clean: 'CLEAN',
  'repairs-pay': 'PAYS',
  measured: 'MEASURED',
  incomplete: 'INCOMPLETE',
};

function aucLine(found: NonNullable<Report['verdict']['auc']>): string {
  const asIs = `AUC   ${auc(found.asIs.value)} as it is`;
  if (found.repaired === null || found.gain === null) return `${asIs} ${interval(found.asIs)}`;
  return `${asIs}  ->  ${auc(found.repaired.value)} repaired  ${change(found.gain.value)} ${interval(found.gain)}  untouched rows`;
}

/** What the policy made of it: the rules that did not pass; with `explain`, all. */
function gate(page: TextPage, { gate: found }: Report, explain: boolean): void {
  if (found === undefined) return;
  page.wrap(`GATE  ${gateSentence(found)}`, '', '      ', 'bold');
  for (const rule of found.rules) {
    if (rule.outcome === 'passed' && !explain) continue;
    const color = rule.outcome === 'failed' ? 'cost' : rule.outcome === 'warned' ? 'warn' : undefined;
    page.wrap(`${gateOutcomeWord[rule.outcome].padEnd(7)} ${visible(rule.message)}`, '  ', '          ', color);
  }
  page.line();
}

function unknown(page: TextPage, report: Report): void {
  const defects = notKnown(report);
  if (defects.length === 0) return;
  page.line('NOT KNOWN', 'bold');
  for (const d of defects) {
    const name = cut(d.title, nameWidth(page)).padEnd(nameWidth(page));
    const text = `${outcomeWord(d)}: ${notKnownReason(d)}`;
    page.wrap(
      `${glyph[d.outcome === 'ok' ? 'nothing' : d.outcome]} ${name} ${text}`,
      '  ',
      ' '.repeat(nameWidth(page) + 3),
      d.outcome === 'failed' ? 'cost' : undefined,
    );
  }
  page.line();
}

/** ASCII marks of what became of a check; the legend under the table says them in words. */
const glyph: Readonly<Record<Status, string>> = {
  problem: '!',
  suspect: '~',
  nothing: '.',
  failed: 'x',
  cancelled: '/',
  'not-applicable': '-',
};

function defects(page: TextPage, report: Report): void {
  const rows = defectTable(report);
  const gains = rows.flatMap((row) => row.gains);
  const scale = page.width < 72 ? null : asciiScale(gains, page.width - nameWidth(page) - 35);
  if (rows.length > 0) {
    page.line(tableHead(page, scale, gains.length > 0), 'bold');
    for (const row of rows) defectRow(page, row, scale, report);
    page.line(legend(gains.length > 0), 'faint');
  }
  const nothing = foundNothing(report);
  if (nothing.length > 0) page.wrap(`Found nothing: ${list(nothing.map((d) => visible(d.title)))}.`, '', '  ');
  if (rows.length > 0 || nothing.length > 0) page.line();
}

function tableHead(page: TextPage, scale: AsciiScale | null, measured: boolean): string {
  const left = `${(measured ? 'DEFECT, and each repair alone' : 'DEFECTS').padEnd(nameWidth(page) + 4)}${'rows'.padStart(9)}`;
  if (!measured) return left;
  return `${left}${'gain'.padStart(8)} ${scale === null ? '95%' : asciiAxis(scale, change)} ${scale === null ? '' : 'AUC, 95%'}`;
}

/** A name cut in the middle, with an ASCII mark. */
function cut(text: string, width: number): string {
  return cutWith(text, width, '..');
}

function legend(measured: boolean): string {
  const found = '! problem  ~ suspect  . note';
  return measured ? `  ${found}   # pays  X hurts  o not resolved` : `  ${found}`;
}

function defectRow(page: TextPage, row: DefectRow, scale: AsciiScale | null, report: Report): void {
  const { defect } = row;
  const units = defect.rows === null ? '-' : count(defect.rows.flagged);
  const name = cut(defect.title, nameWidth(page)).padEnd(nameWidth(page));
  const color = row.status === 'problem' ? 'cost' : row.status === 'suspect' ? 'warn' : undefined;
  page.line(`  ${glyph[row.status]} ${name}${units.padStart(9)}`, color);
  const top = defect.findings[0];
  if (top !== undefined) page.wrap(visible(top.message), '    ', '    ');
  for (const gain of row.gains) page.line(gainRow(page, gain, scale), gainColor(gain));
  for (const { kind, title, reason } of row.unmeasured) {
    if (kind === 'gain') page.wrap(`Not measured, ${visible(reason)}: ${visible(title)}`, '    - ', '      ');
  }
  if (report.effects.length + report.unmeasured.length > 0) page.wrap(againText(row), '    ', '      ', 'faint');
}

/** `As much again (slice) costs .0088 [.0051, .0125]`: the sensitivity, never worded as what the defect costs. */
function againText(row: DefectRow): string {
  const [first] = row.sensitivities;
  if (first === undefined) {
    const why = row.unmeasured.find((u) => u.kind === 'sensitivity');
    return why === undefined ? '' : `As much again: not measured, ${visible(why.reason)}`;
  }
  const again = `As much again (${visible(first.arm)})`;
  if (first.verdict === 'not-resolved') return `${again}: not resolved, ${effectLimits(first)}`;
  return `${again} ${first.verdict === 'costs' ? 'costs' : 'changes AUC by'} ${effectValue(first)} ${effectLimits(first)}`;
}

function gainRow(page: TextPage, gain: Effect, scale: AsciiScale | null): string {
  const name = cut(gain.title, nameWidth(page) + 7).padEnd(nameWidth(page) + 7);
  const resolved = gain.verdict !== 'not-resolved';
  const value = resolved ? change(gain.effect) : `<${auc(gain.upper95)}`;
  const mark = !resolved ? 'o' : gain.verdict === 'helps' ? '#' : 'X';
  const drawing = scale === null ? interval(gain) : asciiInterval(scale, gain, gain.effect, mark);
  return `    ${mark} ${name}${value.padStart(8)} ${drawing} ${effectWord(gain)}`;
}

function gainColor(gain: Effect): Color | undefined {
  return gain.verdict === 'helps' ? 'gain' : gain.verdict === 'costs' ? 'cost' : undefined;
}

function others(page: TextPage, report: Report): void {
  const all = otherMetrics(report);
  // Those that the AUC says nothing of are in the report.
  const repairs = all.filter(({ inAuc }) => inAuc);
  if (repairs.length === 0) return;
  page.line('OTHER METRICS', 'bold');
  for (const { title, gains } of repairs) {
    const numbers = gains.map((gain) => `${metricName[gain.metric]} ${otherMetric(gain)}`).join('  ');
    page.wrap(`${cut(title, 60)}: ${numbers}`, '  ', '    ');
  }
  page.wrap(otherMetricsNote(repairs.flatMap((r) => r.gains)), '  ', '  ', 'faint');
  page.line();
}

/** What a second model says, each effect beside the built-in one's. */
function otherModel(page: TextPage, report: Report): void {
  const { otherModel: model } = report;
  if (model === undefined) return;
  page.wrap(`SECOND MODEL  ${otherModelHeading(model)}`, '', '  ', 'bold');
  for (const { other, builtIn } of otherLines(report)) {
    const first = builtIn === null ? 'not measured' : `${effectValue(builtIn)} ${effectLimits(builtIn)}`;
    const both = `built-in ${first}, ${cut(model.name, 30)} ${effectValue(other)} ${effectLimits(other)}`;
    page.wrap(`${cut(other.title, 60)}: ${both}`, '  ', '    ');
  }
  for (const sentence of [otherModelLevel(model), agreementSentence(model)])
    if (sentence !== null) page.wrap(sentence, '  ', '  ');
  for (const sentence of otherModelUnknown(model)) page.wrap(sentence, '  - ', '    ');
  page.line();
}

function tolerance(page: TextPage, report: Report): void {
  if (report.curves.length === 0) return;
  page.line('TOLERATED', 'bold');
  const names = titles(report);
  for (const c of report.curves) page.wrap(`${curveTitle(c, names)}: ${curveTolerance(c)}`, '  ', '    ');
  page.line();
}

/** What rows and columns are worth, effects by size of the model, and evaluation labels: each where it was measured. */
function worth(page: TextPage, report: Report): void {
  const { value, columnsWorth, capacity, evaluationLabels, rolling } = report;
  const part = (title: string, lines: readonly (string | null)[]): void => {
    page.line(title, 'bold');
    for (const line of lines) if (line !== null && line !== '') page.wrap(line, '  ', '    ');
    page.line();
  };
  const rows = report.effects.filter((e) => e.rowsWorth !== undefined);
  if (value !== undefined) {
    part('ENOUGH', [
      ...value.map(valueWithin),
      ...rows.slice(0, 5).map((e) => `${capital(visible(e.title))}: ${rowsWorthText(e)}`),
    ]);
  }
  if (columnsWorth !== undefined)
    part('COLUMNS', [columnsThatCanGo(columnsWorth), columnsTogether(columnsWorth), columnsLeftOut(columnsWorth)]);
  if (capacity !== undefined) {
    part(
      `SMALL AND LARGE MODEL (${modelText(capacity.small)}, ${modelText(capacity.large)})`,
      capacity.effects.map(
        (e) =>
          `${capital(visible(e.title))}: ${change(e.small.value)} ${interval(e.small)} and ${change(e.large.value)} ${interval(e.large)}, ${capacityWord(e)}`,
      ),
    );
  }
  if (rolling !== undefined) {
    const byDay = rolling.days.map((d) => `${d.day} ${change(d.value)} ${interval(d)}`);
    part(`BY DAY  ${rollingHeading(rolling)}`, [rollingSentence(rolling), ...byDay, rollingNote]);
  }
  if (evaluationLabels !== undefined)
    part('EVALUATION LABELS', [labelNoiseSentence(evaluationLabels), trustedSentence(evaluationLabels)]);
}

function chain(page: TextPage, report: Report): void {
  const { cleaning } = report;
  if (cleaning === undefined) return;
  const groups: readonly (readonly [string, ChainStep['decision'], Color | undefined])[] = [
    ['PAYS', 'accepted', 'gain'],
    ['HELD', 'not-resolved', undefined],
    ['HELD', 'held-back', undefined],
    ['REJECTED', 'hurts', 'cost'],
  ];
  for (const [word, decision, color] of groups) {
    const steps = cleaning.steps.filter((s) => s.decision === decision);
    if (decision === 'accepted') for (const s of steps) page.wrap(acceptedText(word, s), '', ' '.repeat(10), color);
    else notAccepted(page, word, steps, color);
  }
  if (cleaning.steps.length > 0)
    page.wrap('(each on top of those before it, inner rows)', ' '.repeat(10), ' '.repeat(10), 'faint');
  if (cleaning.proof === null)
    page.wrap('No repair was accepted: the recipe is empty and no file was cleaned.', '', '  ');
  else page.wrap(`PROOF     ${proofSentence(cleaning.proof)}`, '', ' '.repeat(10));
  page.line();
}

function acceptedText(word: string, s: ChainStep): string {
  const said = [strengthNote(s), togetherSentence(s)].filter((note) => note !== null).join('; ');
  return `${word.padEnd(9)} ${cut(s.title, 60)}  ${gainText(s)}${said === '' ? '' : ` (${said})`}`;
}

/** Each reason once, with the steps it holds for below it. */
function notAccepted(page: TextPage, word: string, steps: readonly ChainStep[], color: Color | undefined): void {
  for (const reason of new Set(steps.map((s) => s.reason))) {
    page.wrap(`${word.padEnd(9)} ${visible(reason)}`, '', ' '.repeat(10), color);
    const width = page.width - 36;
    for (const s of steps.filter((s) => s.reason === reason))
      page.line(`          - ${cut(s.title, width).padEnd(width)} ${gainText(s)}`, color);
  }
}

function gainText({ gain }: ChainStep): string {
  return gain === null ? '' : `${change(gain.value)} ${interval(gain)}`;
}

function demo(page: TextPage, report: Report): void {
  if (report.demo === undefined) return;
  page.line('PLANTED IN THIS GENERATED LOG                units  flagged      hit', 'bold');
  for (const p of report.demo.planted) {
    const name = cut(`${p.defect}, ${p.mechanism}`, 38).padEnd(39);
    page.line(`  ${name}${count(p.units).padStart(9)}${count(p.flagged).padStart(9)}${count(p.hit).padStart(9)}`);
  }
  const gains = namedGains(report.demo);
  if (gains.length > 0) {
    const width = page.width - 48;
    page.line();
    page.line(`${'MEASURED AGAINST TRUE GAIN'.padEnd(width + 2)} measured      95%           true`, 'bold');
    for (const g of gains) {
      const measured = `${change(g.measured.value)} ${interval(g.measured)}`;
      const held = g.covered ? 'holds' : 'misses';
      page.line(`  ${cut(g.title, width).padEnd(width)} ${measured.padEnd(23)} ${change(g.true).padStart(7)}  ${held}`);
    }
    page.wrap('True: the same plan scored on a large fresh sample of the same generator.', '  ', '  ', 'faint');
  }
  page.line();
}

function foot(page: TextPage, report: Report): void {
  const resolution = resolutionSentence(report);
  if (resolution !== null) page.wrap(resolution, '', '  ');
  const file = report.defects.find((d) => d.rows !== null)?.rows?.file;
  if (file !== undefined) page.wrap(`Every flagged row, with its reason: ${visible(file)}`, '', '  ');
  const excluded = report.study.excluded.map((e) => `${cut(e.column, 40)} (${visible(e.reason)})`);
  if (excluded.length > 0)
    page.wrap(
      `Left out of the model: ${excluded.slice(0, 6).join(', ')}${excluded.length > 6 ? ', ...' : ''}`,
      '',
      '  ',
    );
  if (report.how.trainings > 0)
    page.wrap(`${count(report.how.trainings)} trainings. ${capital(report.effects[0]?.model ?? '')}`.trim(), '', '  ');
}

/** Width of the column of names: 27 of 80 columns, more where there is more. */
function nameWidth(page: TextPage): number {
  return Math.max(16, Math.min(44, 27 + Math.floor((page.width - 80) / 2)));
}

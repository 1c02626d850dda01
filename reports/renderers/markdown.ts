import type { RollingGain } from '../../src/core/worth.js';
import type { Effect } from '../../src/core/effect.js';
import { namedGains } from '../demo-gains.js';
import { defectTable, foundNothing, notKnown } from '../defect-table.js';
import { auc, capital, change, count, interval, list, visible } from '../format.js';
import {
  capacityHeading,
  concentrated,
  curvesHeading,
  defectsHeading,
  demoHeading,
  domainsHeading,
  errorSentence,
  errorsHeading,
  errorsNote,
  notKnownHeading,
  paysHeading,
  sliceSentence,
  titles,
  unevenByDomain,
  whereHeading,
} from '../headings.js';
import type { Report } from '../model.js';
import {
  capacityWord,
  columnsLeftOut,
  columnsThatCanGo,
  columnsTogether,
  labelNoiseSentence,
  modelText,
  trustedSentence,
  valueWithin,
} from '../worth-sentences.js';
import { rollingHeading, rollingNote, rollingSentence } from '../rolling-sentences.js';
import {
  curveSlope,
  curveTitle,
  curveTolerance,
  decisionWord,
  effectLimits,
  effectValue,
  effectWord,
  gateOutcomeWord,
  gateSentence,
  notKnownReason,
  outcomeWord,
  plantedSentence,
  proofSentence,
  resolutionSentence,
  splitParts,
} from '../sentences.js';

import { otherLines } from '../other-model-lines.js';
import { code, table, text } from './markdown-cells.js';
import { agreementSentence, otherModelHeading, otherModelLevel, otherModelUnknown } from '../other-model-sentences.js';

/** The report as GitHub-flavoured Markdown, for pull requests and wikis; names cannot break out of their cell. */
export function renderMarkdown(report: Report): string {
  const parts = [
    ...head(report),
    ...gate(report),
    ...unknown(report),
    ...defects(report),
    ...where(report),
    ...errors(report),
    ...byDomain(report),
    ...otherModel(report),
    ...curves(report),
    ...worth(report),
    ...chain(report),
    ...demo(report),
    ...foot(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head(report: Report): string[] {
  const { study, verdict } = report;
  const origin = study.origin === undefined ? '' : ` (${text(study.origin)} data)`;
  const size = `${count(study.rows)} rows × ${count(study.columnCount)} columns`;
  const found = verdict.auc;
  return [
    `# ${text(verdict.sentence)}`,
    [`${code(study.name)}${origin}`, size, ...splitParts(report), `seed ${report.how.seed}`].join(' · '),
    ...(found === null ? [] : [aucLine(found)]),
  ];
}

/** Begins with a marker, by which a bot finds its own comment again. */
function gate({ gate: found }: Report): string[] {
  if (found === undefined) return [];
  const rows = found.rules
    .filter((rule) => rule.outcome !== 'passed')
    .map((rule) => [gateOutcomeWord[rule.outcome], text(rule.message)]);
  return [
    '<!-- assay-gate -->',
    `## ${text(gateSentence(found))}`,
    ...(rows.length === 0 ? [] : [table(['', 'rule'], rows)]),
  ];
}

function aucLine(found: NonNullable<Report['verdict']['auc']>): string {
  const before = `AUC ${auc(found.asIs.value)} ${interval(found.asIs)} as it is`;
  if (found.repaired === null || found.gain === null) return `${before}.`;
  return `${before}, **${auc(found.repaired.value)}** ${interval(found.repaired)} repaired: **${change(found.gain.value)}** ${interval(found.gain)} on untouched rows.`;
}

function unknown(report: Report): string[] {
  const items = notKnown(report).map((d) => `- **${text(d.title)}**: ${outcomeWord(d)}. ${text(notKnownReason(d))}`);
  return [`## ${text(notKnownHeading(report))}`, ...(items.length === 0 ? [] : [items.join('\n')])];
}

function where(report: Report): string[] {
  const items = concentrated(report).flatMap(({ title, where: slices = [] }) =>
    slices.map((slice) => `- **${text(title)}** in ${text(sliceSentence(slice))}`),
  );
  return items.length === 0 ? [] : [`## ${text(whereHeading(report))}`, items.join('\n')];
}

function errors(report: Report): string[] {
  const items = (report.errors ?? []).map((slice) => `- ${text(errorSentence(slice))}`);
  return items.length === 0 ? [] : [`## ${text(errorsHeading(report))}`, text(errorsNote), items.join('\n')];
}

function byDomain(report: Report): string[] {
  const items = unevenByDomain(report).flatMap(({ title, domains }) =>
    domains.map((slice) => `- **${text(title)}** in ${text(sliceSentence(slice))}`),
  );
  return items.length === 0 ? [] : [`## ${text(domainsHeading(report))}`, items.join('\n')];
}

function defects(report: Report): string[] {
  const rows = defectTable(report).flatMap((row) => {
    const units = row.defect.rows === null ? '–' : count(row.defect.rows.flagged);
    const finding = row.defect.findings[0]?.message ?? '';
    const again = row.sensitivities[0];
    const first = [`**${text(row.defect.title)}**<br>${text(finding)}`, units, '', sensitivity(again, row.unmeasured)];
    const unmeasured = row.unmeasured.filter((u) => u.kind === 'gain');
    return [
      first,
      ...row.gains.map((g) => [text(capital(visible(g.title))), count(g.units), effectCell(g), '']),
      ...unmeasured.map((u) => [text(capital(visible(u.title))), '', `not measured: ${text(u.reason)}`, '']),
    ];
  });
  const nothing = foundNothing(report);
  return [
    `## ${text(defectsHeading(report))}`,
    ...(rows.length === 0 ? [] : [table(['Defect, repair', 'Units', 'Gain in AUC, alone', 'As much again'], rows)]),
    ...(nothing.length === 0 ? [] : [`Found nothing: ${text(list(nothing.map((d) => visible(d.title))))}.`]),
  ];
}

function sensitivity(effect: Effect | undefined, unmeasured: Report['unmeasured']): string {
  if (effect !== undefined) return `${effectCell(effect)}<br>${text(effect.title)}`;
  const why = unmeasured.find((u) => u.kind === 'sensitivity');
  return why === undefined ? '' : `not measured: ${text(why.reason)}`;
}

function effectCell(effect: Effect): string {
  const word = effect.verdict === 'not-resolved' ? '' : ` ${effectWord(effect)}`;
  return `${effectValue(effect)} ${effectLimits(effect)}${word}`;
}

function otherModel(report: Report): string[] {
  const { otherModel: model } = report;
  if (model === undefined) return [];
  const rows = otherLines(report).map(({ other, builtIn }) => [
    text(capital(visible(other.title))),
    builtIn === null ? 'not measured' : effectCell(builtIn),
    effectCell(other),
  ]);
  const says = [otherModelLevel(model), agreementSentence(model), ...otherModelUnknown(model)].filter(
    (s) => s !== null,
  );
  return [
    `## ${text(otherModelHeading(model))}`,
    ...(rows.length === 0 ? [] : [table(['Repair, or as much again', 'Built-in trees', text(model.name)], rows)]),
    ...says.map(text),
  ];
}

function curves(report: Report): string[] {
  if (report.curves.length === 0) return [];
  const names = titles(report);
  const rows = report.curves.map((c) => [text(curveTitle(c, names)), curveSlope(c), curveTolerance(c)]);
  return [`## ${text(curvesHeading(report))}`, table(['Mechanism', 'Slope', 'Tolerance'], rows)];
}

function worth(report: Report): string[] {
  const { value, columnsWorth, capacity, evaluationLabels, rolling } = report;
  const lines = [
    ...(value ?? []).map(valueWithin),
    ...(columnsWorth === undefined
      ? []
      : [columnsThatCanGo(columnsWorth), columnsTogether(columnsWorth), columnsLeftOut(columnsWorth)]),
    ...(evaluationLabels === undefined
      ? []
      : [labelNoiseSentence(evaluationLabels), trustedSentence(evaluationLabels)]),
  ].filter((line) => line !== null);
  const sized = (capacity?.effects ?? []).map((e) => [
    text(capital(visible(e.title))),
    `${change(e.small.value)} ${interval(e.small)}`,
    `${change(e.large.value)} ${interval(e.large)}`,
    capacityWord(e),
  ]);
  return [
    ...(lines.length === 0 ? [] : ['## What rows and columns are worth', lines.map((l) => `- ${text(l)}`).join('\n')]),
    ...(capacity === undefined
      ? []
      : [
          `## ${text(capacityHeading(report))}`,
          table(
            ['Effect', `Small: ${modelText(capacity.small)}`, `Large: ${modelText(capacity.large)}`, 'Difference'],
            sized,
          ),
        ]),
    ...(rolling === undefined ? [] : byDay(rolling)),
  ];
}

function byDay(rolling: RollingGain): string[] {
  const rows = rolling.days.map((d) => [
    d.day,
    count(d.trainRows),
    count(d.positives),
    `${change(d.value)} ${interval(d)}`,
  ]);
  return [
    `## ${text(rollingHeading(rolling))}`,
    text(`${rollingSentence(rolling)} ${rollingNote}`),
    table(['Day', 'Trained on', 'Positives', 'Gain in AUC'], rows),
  ];
}

function chain(report: Report): string[] {
  const { cleaning } = report;
  if (cleaning === undefined) return [];
  const rows = cleaning.steps.map((s) => [
    text(capital(visible(s.title))),
    s.gain === null ? 'not measured' : `${change(s.gain.value)} ${interval(s.gain)}`,
    `${decisionWord(s)}${s.decision === 'accepted' ? '' : ` (${text(s.reason)})`}`,
  ]);
  return [
    `## ${text(paysHeading(report))}`,
    ...(rows.length === 0 ? [] : [table(['Step', 'Gain on top, inner rows', 'Decision'], rows)]),
    cleaning.proof === null
      ? 'No repair was accepted: the recipe is empty.'
      : `Proof: ${proofSentence(cleaning.proof)}`,
  ];
}

function demo(report: Report): string[] {
  if (report.demo === undefined) return [];
  const planted = report.demo.planted.map((p) => [
    text(p.defect),
    text(p.mechanism),
    count(p.units),
    count(p.flagged),
    count(p.hit),
    plantedSentence(p),
  ]);
  const gains = namedGains(report.demo).map((g) => [
    text(capital(visible(g.title))),
    `${change(g.measured.value)} ${interval(g.measured)}`,
    `${change(g.true)} (se ${auc(g.trueSe)})`,
    g.covered ? 'holds' : 'misses',
  ]);
  return [
    `## ${text(demoHeading(report))}`,
    'The log is generated, so the truth is known.',
    table(['Planted', 'Mechanism', 'Units', 'Flagged', 'Hit', 'Outcome'], planted),
    ...(gains.length === 0 ? [] : [table(['Repair', 'Measured gain', 'True gain', 'Interval'], gains)]),
  ];
}

function foot(report: Report): string[] {
  const file = report.defects.find((d) => d.rows !== null)?.rows?.file;
  const lines = [
    resolutionSentence(report),
    file === undefined ? null : `Every flagged row, with its reason, is in ${code(file)}.`,
    report.how.trainings === 0 ? null : `${count(report.how.trainings)} trainings.`,
  ].filter((line) => line !== null);
  return lines.length === 0 ? [] : [lines.join(' ')];
}

import type { Slice } from '../src/core/slice.js';
import type { Report } from './model.js';
import { auc, capital, count, list, percent, plural, visible, word } from './format.js';
import { defectTable, foundNothing, notKnown, type DefectRow } from './defect-table.js';
import { curveTitle } from './sentences.js';

/** Headings are findings: one sentence a section, made from what was measured. */

/** Titles of defects by id. */
export function titles(report: Report): ReadonlyMap<string, string> {
  return new Map(report.defects.map((d) => [d.id, d.title]));
}

export function notKnownHeading(report: Report): string {
  const unknown = notKnown(report);
  if (unknown.length === 0) return 'Everything ran';
  return `${capital(word(unknown.length))} ${unknown.length === 1 ? 'thing is' : 'things are'} not known`;
}

export function defectsHeading(report: Report): string {
  const rows = defectTable(report);
  if (rows.length === 0) return `${capital(word(foundNothing(report).length))} checks ran and found nothing`;
  const gains = rows.flatMap((row) => row.gains);
  if (gains.length === 0) return `${detectionHeading(rows)}; the cost was not measured`;
  const n = (verdict: string): number => gains.filter((g) => g.verdict === verdict).length;
  const parts = [
    ...some(n('helps'), (k) => `${word(k)} ${k === 1 ? 'repair gains' : 'repairs gain'} AUC`),
    ...some(n('costs'), (k) => `${word(k)} ${k === 1 ? 'hurts' : 'hurt'}`),
    ...some(n('not-resolved'), (k) => `${word(k)} cannot be told from nothing`),
  ];
  return n('helps') === 0 ? `No repair alone gains AUC that can be resolved: ${list(parts)}` : capital(list(parts));
}

function detectionHeading(rows: readonly DefectRow[]): string {
  const found = rows.filter((row) => row.status !== 'nothing').length;
  if (found === 0)
    return `Nothing found that needs action; ${word(rows.length)} ${rows.length === 1 ? 'note' : 'notes'}`;
  return `${capital(word(found))} ${found === 1 ? 'check' : 'checks'} found something to look at`;
}

export function curvesHeading(report: Report): string {
  const steepest = [...report.curves].sort((a, b) => b.slope.value - a.slope.value)[0];
  if (steepest === undefined) return 'No dose was tried';
  return `${curveTitle(steepest, titles(report))}, costs most: ${auc(steepest.slope.value / 100)} for each 1%`;
}

export function valueHeading(report: Report): string {
  const spare = (report.value ?? []).filter((c) => c.within.relation !== 'none').map((c) => c.of);
  const all = (report.value ?? []).map((c) => c.of);
  return spare.length === 0 ? `No ${list(all)} can be spared within the budget` : `Some ${list(spare)} can be spared`;
}

export function capacityHeading({ capacity }: Report): string {
  const effects = capacity?.effects ?? [];
  const moved = effects.filter((e) => e.difference.p <= 0.05).length;
  if (moved === 0) return 'No effect is shown to depend on the size of the model';
  return `${capital(word(moved))} of ${plural(effects.length, 'effect')} ${moved === 1 ? 'depends' : 'depend'} on the size of the model`;
}

/** Defects whose flagged rows concentrate somewhere. */
export function concentrated(report: Report): Report['defects'] {
  return report.defects.filter((defect) => (defect.where ?? []).length > 0);
}

export function whereHeading(report: Report): string {
  const found = concentrated(report);
  const names = list(found.map((defect) => visible(defect.title)));
  return found.length === 0 ? 'Nothing concentrates anywhere' : `${names}: flagged rows concentrate in few places`;
}

/** Chance of a difference between domains where there is none. */
const shownLevel = 0.01;

/** Defects whose rows are more, or less, frequent in some domains, with those domains. */
export function unevenByDomain(
  report: Report,
): readonly { readonly id: string; readonly title: string; readonly domains: readonly Slice[] }[] {
  return report.defects.flatMap(({ id, title, domains = [] }) => {
    const uneven = domains.filter(({ p }) => p <= shownLevel);
    return uneven.length === 0 ? [] : [{ id, title, domains: uneven }];
  });
}

export function domainsHeading(report: Report): string {
  const names = unevenByDomain(report).map(({ title }) => visible(title));
  return `${list(names)} ${names.length === 1 ? 'is' : 'are'} not the same in all domains`;
}

/** `source = 3: 34% of 446 rows, 15 times as often as elsewhere, 13% of what was flagged`. */
export function sliceSentence(slice: Slice): string {
  const { rate, low, high, rows, lift, share } = slice;
  const often = lift < 10 ? lift.toFixed(1) : count(Math.round(lift));
  const inside = `${visible(slice.slice)}: ${percent(rate)} (${percent(low)} to ${percent(high)}) of ${plural(rows, 'row')}`;
  // Where nothing is left outside, how many times as often has no meaning.
  return share >= 1
    ? `${inside}; all of them`
    : `${inside}, ${often} times as often as elsewhere; ${percent(share)} of all`;
}

/** How to read the slices of errors, and what they cost. */
export const errorsNote =
  'Slices of one or two columns (time, and the twelve features of fewest values) in which the log loss of training rows, by models that never saw them, is beyond what their probabilities foretell; each slice after the rows of those above it were taken out. The models are those of label noise: none was trained for this.';

export function errorsHeading({ errors = [] }: Report): string {
  return `The model errs most in ${word(errors.length)} ${errors.length === 1 ? 'place' : 'places'}`;
}

/** `source = 3: loss .6204 (.5512 to .6896) over 446 rows, 2.1 times what the model foretells; 13% of all`. */
export function errorSentence({ slice, rate, low, high, rows, lift, share }: Slice): string {
  const inside = `${visible(slice)}: loss ${auc(rate)} (${auc(low)} to ${auc(high)}) over ${plural(rows, 'row')}`;
  return `${inside}, ${lift.toFixed(1)} times what the model foretells; ${percent(share)} of all`;
}

export function labelsHeading({ evaluationLabels }: Report): string {
  const auc = evaluationLabels?.trusted?.auc;
  return auc == null ? 'Evaluation labels may be wrong; none was repaired' : 'The numbers again on trusted labels';
}

export function paysHeading(report: Report): string {
  const steps = report.cleaning?.steps ?? [];
  if (steps.length === 0) return 'No repair was tried';
  const n = (...of: string[]): number => steps.filter((s) => of.includes(s.decision)).length;
  const parts = [
    ...some(n('accepted'), (k) => `${word(k)} ${k === 1 ? 'repair pays' : 'repairs pay'}`),
    ...some(n('not-resolved', 'held-back'), (k) => `${word(k)} ${k === 1 ? 'is' : 'are'} held back`),
    ...some(n('hurts'), (k) => `${word(k)} ${k === 1 ? 'is' : 'are'} rejected`),
  ];
  return n('accepted') === 0 ? `No repair pays: ${list(parts)}` : capital(list(parts));
}

export function timeHeading(report: Report): string {
  const rated = report.time.filter((b) => b.positives !== null && b.rows > 0);
  if (report.time.length === 0) return 'There is no time column, so nothing is shown over time';
  if (rated.length === 0) return `Rows over ${plural(report.time.length, 'day')}`;
  const rates = rated.map((b) => (b.positives ?? 0) / b.rows);
  return `The positive rate moves between ${percent(Math.min(...rates))} and ${percent(Math.max(...rates))}`;
}

export function columnsHeading(report: Report): string {
  const look = report.columns.filter((c) => c.findings.length > 0).length;
  if (look === 0) return `${capital(word(report.columns.length))} columns, none needs a look`;
  return `${capital(word(look))} of ${count(report.columns.length)} columns ${look === 1 ? 'needs' : 'need'} a look`;
}

export function rowsHeading(report: Report): string {
  const flagged = report.defects.reduce((sum, d) => sum + (d.rows?.flagged ?? 0), 0);
  return flagged === 0 ? 'No row is flagged' : `${plural(flagged, 'finding')} in rows, each with its reason`;
}

export function demoHeading(report: Report): string {
  const demo = report.demo;
  if (demo === undefined) return '';
  const found = demo.planted.filter((p) => p.hit > 0).length;
  const covered = demo.gains.filter((g) => g.covered).length;
  return `${capital(word(found))} of ${word(demo.planted.length)} planted defects were flagged; ${word(covered)} of ${word(demo.gains.length)} intervals hold the true gain`;
}

export function howHeading(report: Report): string {
  const { trainings } = report.how;
  return trainings === 0 ? 'Nothing was trained' : `${plural(trainings, 'training')}, one split, paired by seed`;
}

function some(n: number, text: (n: number) => string): string[] {
  return n === 0 ? [] : [text(n)];
}

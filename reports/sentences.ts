import type { ChainStep, Curve, Effect, Proof } from '../src/core/effect.js';
import type { Gate, GateRule } from '../src/core/gate.js';
import type { Demo, Report, ReportDefect } from './model.js';
import { auc, capital, change, count, cut, interval, percent, plural, visible } from './format.js';

/** The sentences about measured things, made once from codes and numbers and used by every renderer. */

/** The number of an effect as a table shows it: `+.0158`, `.0088`, `not resolved`. */
export function effectValue(effect: Effect): string {
  if (effect.verdict === 'not-resolved') return 'not resolved';
  return effect.kind === 'gain' ? change(effect.effect) : auc(effect.effect);
}

/** What stands beside it: the interval of a resolved effect, the bound of an unresolved one. */
export function effectLimits(effect: Effect): string {
  return effect.verdict === 'not-resolved' ? `below ${auc(effect.upper95)}` : interval(effect);
}

/** The verdict in a word: `pays`, `hurts`, `costs`, `helps`, `not resolved`. */
export function effectWord(effect: Effect): string {
  if (effect.verdict === 'not-resolved') return 'not resolved';
  if (effect.kind === 'gain') return effect.verdict === 'helps' ? 'pays' : 'hurts';
  return effect.verdict;
}

/** The whole sentence, for readers who do not see the drawing. */
export function effectSentence(effect: Effect): string {
  const title = visible(effect.title);
  const again = effect.kind === 'sensitivity' ? `As much again (${title})` : capital(title);
  if (effect.verdict === 'not-resolved') {
    return `${again}: not resolved, below ${auc(effect.upper95)} with 95% confidence; an effect under ${auc(effect.mde)} could not be seen.${budgetSentence(effect)}`;
  }
  const amount = `${auc(Math.abs(effect.effect))} AUC, 95% interval ${interval(effect)}`;
  if (effect.verdict === 'helps') return `${again}: gains ${amount}.`;
  return effect.kind === 'gain'
    ? `${again}: hurts, ${change(effect.effect)} AUC, 95% interval ${interval(effect)}.`
    : `${again}: costs ${amount}.${budgetSentence(effect)}`;
}

/** What is proven about a budget: nothing where it is unknown. */
function budgetSentence({ budget, verdict }: Effect): string {
  if (budget === undefined || budget.answer === 'unknown') return '';
  if (budget.answer === 'breach') return ` That is above the budget of ${auc(budget.auc)}.`;
  const real = verdict === 'costs' ? 'real and affordable, ' : '';
  return ` It is ${real}within the budget of ${auc(budget.auc)}.`;
}

/** `uniform, in training`: mechanism and place of a curve. */
export function curveTitle(curve: Curve, titles: ReadonlyMap<string, string>): string {
  const name = `${titles.get(curve.defect) ?? visible(curve.defect)}, ${visible(curve.mechanism)} (${curve.where})`;
  return curve.column === undefined ? name : `${name} in ${cut(curve.column, 34)}`;
}

/** Where a mechanism damages rows. */
export function curveWhere(curve: Curve): string {
  return { train: 'training rows', serve: 'scored rows', both: 'training and scored rows' }[curve.where];
}

/** `1% costs .0021 [.0015, .0027]`: the slope at 0. */
export function curveSlope(curve: Curve): string {
  const { value, low, high } = curve.slope;
  if (Math.abs(low) < 0.005 && high < 0.005) return '1% costs less than .0001';
  return `1% costs ${auc(value / 100)} ${interval({ low: low / 100, high: high / 100 })}`;
}

/** The promise: the largest measured dose whose upper limit stays within the budget. */
export function curveTolerance(curve: Curve): string {
  const { budget, dose, relation } = curve.tolerance;
  return {
    'up-to': `Up to ${percent(dose)} costs less than ${auc(budget)}.`,
    'at-least': `Even ${percent(dose)}, the largest dose tried, costs less than ${auc(budget)}.`,
    below: `Tolerated: below ${percent(dose)}, where the cost may already exceed ${auc(budget)}.`,
  }[relation];
}

/** What the chain decided, in words. */
export function decisionWord(step: ChainStep): string {
  return {
    accepted: 'pays',
    'not-resolved': 'held back: not resolved',
    hurts: 'rejected: hurts',
    'held-back': 'held back',
  }[step.decision];
}

/** What a step gains alone and on top of all the others; null where it is the only one. */
export function togetherSentence({ alone, last }: ChainStep): string | null {
  if (alone === undefined || last === undefined) return null;
  const depends = alone.value * last.value < 0 ? ': it depends on the other repairs' : '';
  return `alone ${change(alone.value)}, last ${change(last.value)} ${interval(last)}${depends}`;
}

/** The strength a step was taken at, among those tried; null where the repair has one form only. */
export function strengthNote({ strength, tried = [] }: ChainStep): string | null {
  if (strength === undefined || tried.length === 0) return null;
  const others = tried.filter((other) => other.strength !== strength).map((other) => other.strength);
  return others.length === 0
    ? `strength ${strength}, which gains more`
    : `strength ${strength}, ${others.join(' and ')} tried`;
}

/** Name of a metric beside AUC. */
export const metricName: Readonly<Record<Effect['metric'], string>> = {
  auc: 'AUC',
  logloss: 'log loss',
  ne: 'NE',
  gauc: 'GAUC',
  calibration: 'calibration',
};

/** A gain in another metric, > 0 better: `+.0021 [.0004, .0038]`, with a mark where it is resolved in its own family. */
export function otherMetric(effect: Effect): string {
  const mark = effect.verdict === 'not-resolved' ? '' : '*';
  return `${change(effect.effect)}${mark} ${interval(effect)}`;
}

/** What the other metrics are, and what they may not be taken for. */
export function otherMetricsNote(gains: readonly Effect[]): string {
  const gauc = gains.find((e) => e.counted !== undefined)?.counted;
  const counted =
    gauc === undefined
      ? ''
      : ` GAUC is AUC within users; ${percent(gauc.rows)} of the rows and ${percent(gauc.positives)} of the positives count.`;
  return `AUC decides. More is better in all of them; * is resolved. Log loss and NE see calibration (calibration-cost), which is no cost in ranking.${counted}`;
}

/** What the untouched rows say about the recipe. */
export function proofSentence(proof: Proof): string {
  const numbers = `${change(proof.gain)} AUC ${interval(proof)} on ${plural(proof.positives, 'positive')}`;
  if (proof.outerUses > 1) {
    return `${numbers}. These rows have now been opened ${count(proof.outerUses)} times, so this is no longer a proof.`;
  }
  return proof.holds
    ? `${numbers} that took no part in choosing. The one-sided 95% limit is ${auc(proof.lower95)}, above 0.`
    : `${numbers} that took no part in choosing. Not proven: the one-sided 95% limit is ${auc(proof.lower95)}.`;
}

/** Why nothing is known about an analyzer. */
export function notKnownReason(defect: ReportDefect): string {
  if (defect.reason !== undefined && defect.reason !== '') return visible(defect.reason);
  return {
    ok: '',
    failed: 'It stopped with an error.',
    cancelled: 'It was stopped before it finished.',
    'not-applicable': 'It does not apply to this data.',
  }[defect.outcome];
}

/** `failed`, `not applicable`, `stopped`. */
export function outcomeWord(defect: ReportDefect): string {
  return { ok: 'done', failed: 'failed', cancelled: 'stopped', 'not-applicable': 'not applicable' }[defect.outcome];
}

/** `training 149,211`, … in the order of the split; empty parts are left out. */
export function splitParts(report: Report): readonly string[] {
  const rows = report.study.split?.rows;
  if (rows === undefined) return [];
  const parts: readonly (readonly [string, number])[] = [
    ['train', rows.train],
    ['tuning', rows.tuning],
    ['inner', rows.inner],
    ['outer', rows.outer],
    ['left out', rows.leftOut],
  ];
  return parts.filter(([, n]) => n > 0).map(([name, n]) => `${name} ${count(n)}`);
}

/** The least effect that can be seen, and what it rests on. */
export function resolutionSentence(report: Report): string | null {
  const found = report.verdict.resolution;
  if (found === null) return null;
  const unit = report.study.split?.unit ?? 'row';
  const base = `Smallest effect this data resolves: ${auc(found.mde)} (${plural(found.positives, 'evaluation positive')}`;
  return unit === 'row' ? `${base}).` : `${base}, ${plural(found.units, unit)}).`;
}

/** What a planted defect became: all found, a share of it, or not found. */
export function plantedSentence(planted: Demo['planted'][number]): string {
  if (planted.hit === 0) return 'not found';
  if (planted.hit === planted.units) return 'all found';
  return `${percent(planted.hit / planted.units)} found`;
}

/** What a policy made of the data: `The gate failed: 2 of 7 rules failed, 1 warned (policy default).` */
export function gateSentence({ policy, verdict, rules }: Gate): string {
  const counts = (['failed', 'warned', 'exempt'] as const).flatMap((outcome) => {
    const n = rules.filter((rule) => rule.outcome === outcome).length;
    return n === 0 ? [] : [`${n} ${outcome}`];
  });
  const all = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  const said = counts.length === 0 ? `all ${all} passed` : `of ${all} ${counts.join(', ')}`;
  return `The gate ${verdict}: ${said} (policy ${visible(policy)})`;
}

/** The outcome of a rule, for people. */
export const gateOutcomeWord: Readonly<Record<GateRule['outcome'], string>> = {
  passed: 'Passed',
  warned: 'Warned',
  failed: 'Failed',
  exempt: 'Exempt',
};

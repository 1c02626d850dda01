import type { Interval, ReportDefect, Verdict } from '../../reports/model.js';
import type { Results } from './results.js';

/** Unresolved data is told what it would take to see this much. */
const wishedEffect = 0.002;

/** The one sentence on top of everything, in the order of the three questions. Unknown is never passed over. */
export function verdictOf(defects: readonly ReportDefect[], results: Results): Verdict {
  const found = defects.filter((defect) => defect.findings.some((finding) => finding.severity !== 'note'));
  const unfinished = defects.filter((defect) => defect.outcome === 'failed' || defect.outcome === 'cancelled').length;
  const resolution = resolutionOf(results);
  const { code, says } = judged(found, unfinished, resolution, results);
  const unknown = unfinished === 0 ? [] : [`${count(unfinished, 'analyzer')} did not finish, so more may be wrong.`];
  return { code, sentence: [...says, ...unknown].join(' '), auc: aucOf(results), resolution };
}

interface Judged {
  readonly code: Verdict['code'];
  readonly says: readonly string[];
}

function judged(
  found: readonly ReportDefect[],
  unfinished: number,
  resolution: Verdict['resolution'],
  results: Results,
): Judged {
  const { cleaning, evaluation, restricted } = results;
  if (evaluation === null) {
    const says = restricted === true ? withoutModel(found) : [foundSentence(found)];
    return { code: unfinished > 0 ? 'incomplete' : 'audited', says };
  }
  if (cleaning?.proof?.holds === true)
    return { code: 'repairs-pay', says: paying(found, cleaning.proof.gain, results) };
  const limits = boundSentences(resolution, evaluation.thin);
  if (cleaning === null) return { code: 'measured', says: [foundSentence(found), ...limits] };
  const code = found.length === 0 && resolution !== null ? 'clean' : 'nothing-resolved';
  return { code, says: [foundSentence(found), 'No repair is resolved to pay.', ...limits] };
}

function paying(found: readonly ReportDefect[], gain: number, results: Results): readonly string[] {
  const accepted = results.cleaning?.steps.filter((step) => step.decision === 'accepted').length ?? 0;
  const hurt = results.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc' && e.verdict === 'costs').length;
  const pays = `${count(accepted, 'repair')} ${accepted === 1 ? 'pays' : 'pay'}: AUC gains ${signed(gain)} on rows that took no part in choosing.`;
  const harm = hurt === 0 ? [] : [`${count(hurt, 'repair')} would hurt.`];
  return [`${count(found.length, 'defect')} found.`, pays, ...harm];
}

/** A look at some measurements is no clean bill: what needs a model is unknown. */
function withoutModel(found: readonly ReportDefect[]): readonly string[] {
  const looked =
    found.length === 0 ? 'The measurements of the rules show nothing that needs action.' : foundSentence(found);
  return [looked, 'No model was trained, so nothing is known about AUC.'];
}

function foundSentence(found: readonly ReportDefect[]): string {
  if (found.length === 0) return 'Nothing was found that needs action.';
  return `${count(found.length, 'defect')} found: ${found.map((defect) => defect.title.toLowerCase()).join(', ')}.`;
}

/** What these rows cannot show, and how many positives could. */
function boundSentences(resolution: Verdict['resolution'], thin: string | null): readonly string[] {
  if (thin !== null) return [thin];
  if (resolution === null) return [];
  const { mde, positives } = resolution;
  const bound = `An effect under ${plain(mde)} could not be seen with ${positives} evaluation positives.`;
  if (mde <= wishedEffect) return [bound];
  // The variance falls with the positives, as long as the test rows dominate it.
  const needed = Number((positives * (mde / wishedEffect) ** 2).toPrecision(2));
  return [bound, `To see ${plain(wishedEffect)} takes about ${needed}.`];
}

/** Median smallest detectable effect of the measured gains, with the evaluation rows behind it. */
function resolutionOf({ effects, evaluation }: Results): Verdict['resolution'] {
  const mdes = effects.filter((e) => e.kind === 'gain' && e.metric === 'auc' && e.mde > 0).map((e) => e.mde);
  const mde = mdes.sort((a, b) => a - b)[Math.floor(mdes.length / 2)];
  if (mde === undefined || evaluation === null) return null;
  return { mde, positives: evaluation.positives, units: evaluation.units };
}

function aucOf({ asIs, cleaning }: Results): Verdict['auc'] {
  if (asIs === null) return null;
  const proof = cleaning?.proof ?? null;
  if (proof === null) return { asIs, repaired: null, gain: null };
  const repaired = proof.holds ? shifted(asIs, proof.gain, proof.low, proof.high) : null;
  return { asIs, repaired, gain: { value: proof.gain, low: proof.low, high: proof.high } };
}

function shifted(base: Interval, value: number, low: number, high: number): Interval {
  return { value: base.value + value, low: base.value + low, high: base.value + high };
}

function count(n: number, noun: string): string {
  return `${n === 0 ? 'No' : n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `.0021`: an AUC difference has four decimals and no leading zero. */
function plain(value: number): string {
  return Math.abs(value).toFixed(4).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '\u2212' : '+'}${plain(value)}`;
}

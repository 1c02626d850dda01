import type { Study } from '../core/study.js';
import type { Interval, ReportDefect, Verdict } from '../../reports/model.js';
import type { Results } from './results.js';

/** The one sentence on top of everything, in the order of the three questions. Unknown is said before anything is praised. */
export function verdictOf(study: Study, defects: readonly ReportDefect[], results: Results): Verdict {
  const proof = results.cleaning?.proof ?? null;
  const accepted = results.cleaning?.steps.filter((step) => step.decision === 'accepted') ?? [];
  const auc =
    results.asIs === null
      ? null
      : {
          asIs: results.asIs,
          repaired: proof?.holds === true ? shifted(results.asIs, proof.gain, proof.low, proof.high) : null,
          gain: proof === null ? null : { value: proof.gain, low: proof.low, high: proof.high },
        };
  const resolution = resolutionOf(study, results);
  const base = { auc, resolution };
  const found = defects.filter((defect) => defect.findings.some((finding) => finding.severity !== 'note'));
  const failed = defects.filter((defect) => defect.outcome === 'failed' || defect.outcome === 'cancelled');
  const unknown =
    failed.length === 0 ? '' : ` ${count(failed.length, 'analyzer')} did not finish, so more may be wrong.`;
  if (results.cleaning === null && results.effects.length === 0 && results.asIs === null) {
    const sentence =
      found.length === 0 ? 'Nothing was found.' : `${count(found.length, 'defect')} found: ${names(found)}.`;
    return { ...base, code: failed.length > 0 ? 'incomplete' : 'audited', sentence: sentence + unknown };
  }
  if (proof?.holds === true) {
    const hurt = results.effects.filter((effect) => effect.kind === 'gain' && effect.verdict === 'costs');
    const sentence = `${count(found.length, 'defect')} found. ${count(accepted.length, 'repair')} ${accepted.length === 1 ? 'pays' : 'pay'}: AUC gains ${signed(proof.gain)} on rows that took no part in choosing.`;
    const harm = hurt.length === 0 ? '' : ` ${count(hurt.length, 'repair')} would hurt.`;
    return { ...base, code: 'repairs-pay', sentence: sentence + harm + unknown };
  }
  const bound =
    resolution === null
      ? ''
      : ` An effect under ${plain(resolution.mde)} could not be seen with ${resolution.positives} evaluation positives.`;
  const nothing =
    found.length === 0
      ? 'Nothing was found that needs action.'
      : `${count(found.length, 'defect')} found: ${names(found)}.`;
  if (results.cleaning === null) return { ...base, code: 'measured', sentence: `${nothing}${bound}${unknown}` };
  const code = found.length === 0 && resolution !== null ? 'clean' : 'nothing-resolved';
  return { ...base, code, sentence: `${nothing} No repair is resolved to pay.${bound}${unknown}` };
}

/** Median smallest detectable effect of the measured gains, with the evaluation rows behind it. */
function resolutionOf(study: Study, results: Results): Verdict['resolution'] {
  const mdes = results.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc' && e.mde > 0).map((e) => e.mde);
  if (study.split === null) return null;
  const sorted = mdes.sort((a, b) => a - b);
  const mde = sorted[Math.floor(sorted.length / 2)];
  if (mde === undefined) return null;
  const { inner, outer } = study.split.positives;
  return { mde, positives: inner + outer, units: study.split.rows.inner + study.split.rows.outer };
}

function shifted(base: Interval, value: number, low: number, high: number): Interval {
  return { value: base.value + value, low: base.value + low, high: base.value + high };
}

function count(n: number, noun: string): string {
  return `${n === 0 ? 'No' : n} ${noun}${n === 1 ? '' : 's'}`;
}

function names(defects: readonly ReportDefect[]): string {
  return defects.map((defect) => defect.title.toLowerCase()).join(', ');
}

/** `.0021`: an AUC difference has four decimals and no leading zero. */
function plain(value: number): string {
  return Math.abs(value).toFixed(4).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '\u2212' : '+'}${plain(value)}`;
}

import type { Run } from '../core/run.js';
import type { ImmatureTail, Study } from '../core/study.js';
import { AssayError } from '../core/errors.js';
import { round12 } from '../stats/round12.js';
import { isDelayed, usualMaturity, type Maturity } from '../stats/maturity.js';
import { day, labelMaturity, latestMoment } from './label-maturity.js';

/**
 * The youngest days of a file whose labels are still arriving; null where there are none: as many as the study says, else
 * those whose rate of positives lies below both that of the days before and that of the mature ones. Ages count from the
 * latest row.
 */
export async function immatureTail({ whole, roles, maturity: days }: Study, run: Run): Promise<ImmatureTail | null> {
  if (days === 0) return null;
  const latest = await latestMoment(whole, roles, run);
  if (latest === null) return null;
  const maturity = await labelMaturity(whole, roles, latest, usualMaturity, run);
  if (days === undefined) {
    if (maturity === null || !isDelayed(maturity, usualMaturity)) return null;
    return { days: maturity.tail, from: latest - maturity.tail * day, seen: seenIn(maturity, maturity.tail) };
  }
  return { days, from: latest - days * day, seen: maturity === null ? null : seenIn(maturity, Math.ceil(days)) };
}

function seenIn({ tailRate, matureRate, z, completeness }: Maturity, days: number): ImmatureTail['seen'] {
  const shown = completeness.slice(0, days).map(round12);
  return { rate: round12(tailRate), mature: round12(matureRate), z: round12(z), completeness: shown };
}

/** Given days of immature labels that leave no rows to work with. */
export function nothingMature(days: number): AssayError {
  return new AssayError('option-invalid', {
    option: 'maturity',
    value: String(days),
    expected: 'fewer days than lie between the first and the last row of the data',
  });
}

import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Counts, Kept } from './kept.js';
import type { ImbalanceOptions } from './options.js';
import { wilson } from '../../src/stats/proportion.js';
import { round12 } from '../../src/stats/round12.js';
import { countsOf, keptOf } from './kept.js';

/** Is the share of positives that of the world, or did somebody choose it? */
export async function detect(study: Study, run: Run, options: ImbalanceOptions): Promise<Evidence> {
  const { label } = study.roles;
  const counts = label === null ? null : await countsOf(study.train, label, run);
  if (label === null || counts === null || counts.rows === 0) return { measurements: [], findings: [], flagged: null };
  const rate = counts.positives / counts.rows;
  const { low, high } = wilson(counts.positives, counts.rows);
  const interval = { low: round12(low), high: round12(high) };
  const kept = await keptOf(study, run);
  // The whole file: what was sampled by label was sampled before it was split.
  const whole = study.whole.name === study.train.name ? counts : await countsOf(study.whole, label, run);
  const rare: Finding[] =
    rate > 0 && rate < options.rare
      ? [{ code: 'imbalance.rare', severity: 'note', args: { rate: round12(rate), ...interval } }]
      : [];
  return {
    measurements: [
      { name: 'imbalance.rate', value: round12(rate), unit: 'share', ...interval },
      ...(kept === null
        ? []
        : [
            {
              name: 'imbalance.kept-negatives',
              value: kept.kept,
              unit: 'ratio',
              low: kept.low,
              high: kept.high,
            } as const,
          ]),
    ],
    findings: [...sampled(kept, options), ...roundRate(whole, options), ...rare],
    flagged: null,
  };
}

function sampled(found: Kept | null, { alpha, factor }: ImbalanceOptions): readonly Finding[] {
  if (found === null || found.p > alpha) return [];
  const { kept, low, high, against } = found;
  if (kept < factor && kept > 1 / factor) return [];
  return [{ code: 'imbalance.sampled', severity: 'suspect', args: { kept, low, high, against } }];
}

/** Largest whole ratio of the classes that is asked about. */
const mostTimes = 100;

/** Counts that are a whole multiple of each other, or a whole twentieth of the rows, to the row. */
function roundRate({ rows, positives }: Counts, { fewestPositives }: ImbalanceOptions): readonly Finding[] {
  const negatives = rows - positives;
  const [few, many] = [Math.min(positives, negatives), Math.max(positives, negatives)];
  if (few < fewestPositives) return [];
  const times = Math.round(many / few);
  const twentieths = Math.round((20 * positives) / rows);
  const isMultiple = times <= mostTimes && many === times * few;
  const isShare = Math.abs(positives - (twentieths * rows) / 20) < 0.5 && twentieths > 0 && twentieths < 20;
  if (!isMultiple && !isShare) return [];
  const pattern = isMultiple ? `${times} to 1` : `${5 * twentieths}% of the rows`;
  return [{ code: 'imbalance.round-rate', severity: 'suspect', args: { positives, negatives, pattern } }];
}

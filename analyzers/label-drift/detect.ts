import type { Evidence, Finding, Measurement } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TwoProportions } from '../../src/stats/proportion.js';
import type { Rate } from '../../src/derived/clustered-rate.js';
import type { LabelDriftOptions } from './options.js';
import type { Rates } from './rates.js';
import { twoProportions, wilson } from '../../src/stats/proportion.js';
import { round12 } from '../../src/stats/round12.js';
import { ratesOf } from './rates.js';

/** Compares the share of positives with that of the reference, the test file or the earlier rows. */
export async function detect(study: Study, run: Run, options: LabelDriftOptions): Promise<Evidence> {
  const rates = await ratesOf(study, run);
  if (rates === null) {
    return {
      measurements: [],
      findings: [{ code: 'label-drift.nothing-to-compare', severity: 'note', args: {} }],
      flagged: null,
    };
  }
  const test = twoProportions(sampleOf(rates.reference), sampleOf(rates.current));
  return { measurements: measurementsOf(rates, test), findings: [findingOf(rates, test, options)], flagged: null };
}

function sampleOf({ positives, rows, effect }: Rate): Parameters<typeof twoProportions>[0] {
  return { successes: positives, trials: rows, effect };
}

function findingOf(rates: Rates, test: TwoProportions, { alpha, margin }: LabelDriftOptions): Finding {
  const { comparison, reference, current } = rates;
  const args = {
    before: round12(reference.rate),
    after: round12(current.rate),
    ratio: finite(test.ratio),
    low: finite(test.ratioLow),
    high: finite(test.ratioHigh),
    z: round12(test.z),
    p: round12(test.p),
    positivesBefore: reference.positives,
    positivesAfter: current.positives,
    against: comparison.by,
    from: comparison.from,
  };
  const differs = test.p <= alpha;
  if (differs && Math.abs(current.rate / reference.rate - 1) > margin) {
    return { code: 'label-drift.moved', severity: 'suspect', args };
  }
  const isNarrow = test.ratioLow > 1 - 2 * margin && test.ratioHigh < 1 + 2 * margin;
  return { code: differs || isNarrow ? 'label-drift.steady' : 'label-drift.not-resolved', severity: 'note', args };
}

/** JSON has no NaN: a ratio without positives on a side is unknown. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? round12(value) : null;
}

function measurementsOf({ reference, current }: Rates, test: TwoProportions): readonly Measurement[] {
  const ratio: Measurement[] = Number.isFinite(test.ratio)
    ? [
        {
          name: 'label-drift.rate-ratio',
          value: round12(test.ratio),
          unit: 'ratio',
          low: round12(test.ratioLow),
          high: round12(test.ratioHigh),
        },
      ]
    : [];
  return [
    ...ratio,
    { name: 'label-drift.z', value: round12(test.z), unit: 'z' },
    rateMeasurement('label-drift.rate-before', reference),
    rateMeasurement('label-drift.rate-after', current),
  ];
}

/** Wilson limits of as many independent rows as the side is worth. */
function rateMeasurement(name: string, { rate, positives, rows, effect }: Rate): Measurement {
  const { low, high } = wilson(positives / effect, rows / effect);
  return { name, value: round12(rate), unit: 'share', low: round12(low), high: round12(high) };
}

import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { PositionBiasOptions } from './options.js';
import type { Seen, Trend } from './trend.js';
import { positionRates } from '../../src/dataset/sql/shapes/position-rates.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { chiSquareTail } from '../../src/stats/distributions.js';
import { wilson } from '../../src/stats/proportion.js';
import { round12 } from '../../src/stats/round12.js';
import { mostPositions, seenAt, trendIn } from './trend.js';

/** Positions whose rates are compared, from the top. */
const compared = 50;
const limit = 1.96;
/** Items stand at positions as if dealt at random where chance alone makes them as unequal as often as this. */
const dealtLevel = 0.01;

interface Rate {
  readonly position: number;
  readonly rows: number;
  readonly positives: number;
}

/** Compares positions: over all rows, then within items and within users, where relevance stays the same. */
export async function detect(study: Study, run: Run, options: PositionBiasOptions): Promise<Evidence> {
  const { train, roles } = study;
  const { position, label, item, user } = roles;
  if (position === null || label === null) return nothing('position-bias.cannot-tell');
  if (!isNumeric(position.type)) return nothing('position-bias.no-order');
  const shown = { relation: train, position, label };
  const rows = await run.engine.rows(positionRates(shown, run.engine.dialect), mostPositions, run);
  const rates = rows
    .map((row) => ({ position: Number(row['x']), rows: Number(row['n']), positives: Number(row['y']) }))
    .slice(0, compared);
  const within = await trendIn(shown, item, study, run);
  if (rates.length < 2 || within === null) return nothing('position-bias.cannot-tell');
  const p = unequal(rates, within.effect);
  const isUnequal = p <= options.alpha;
  const byUser = isUnequal && user !== null ? await trendIn(shown, user, study, run) : null;
  const code = judged(isUnequal, within, byUser, item !== null, options);
  const seen = code === 'position-bias.effect' ? await seenAt(shown, item, rates[0]!.position, run) : [];
  return evidenceOf(code, rates, p, within, seen, item !== null);
}

function nothing(code: string): Evidence {
  return { measurements: [], findings: [{ code, severity: 'note', args: {} }], flagged: null };
}

/** p of the chi-square of positives over positions, with so many rows as one. */
function unequal(rates: readonly Rate[], effect: number): number {
  const rows = rates.reduce((sum, r) => sum + r.rows, 0);
  const rate = rates.reduce((sum, r) => sum + r.positives, 0) / rows;
  if (!(rate > 0 && rate < 1)) return 1;
  const chi = rates.reduce((sum, r) => sum + (r.positives - r.rows * rate) ** 2 / (r.rows * rate * (1 - rate)), 0);
  return chiSquareTail(chi / effect, rates.length - 1);
}

/** What the comparison allows to say, from the least to the most. */
function judged(
  isUnequal: boolean,
  within: Trend,
  byUser: Trend | null,
  hasItem: boolean,
  { z, leastOverlap, margin }: PositionBiasOptions,
): string {
  const widest = Math.max(Math.abs(within.slope - limit * within.se), Math.abs(within.slope + limit * within.se));
  if (!isUnequal) return widest < Math.log1p(margin) ? 'position-bias.none' : 'position-bias.cannot-tell';
  if (!hasItem || within.overlap < leastOverlap) return 'position-bias.not-separable';
  const isContradicted = byUser !== null && byUser.slope * within.slope < 0 && Math.abs(byUser.slope) > z * byUser.se;
  if (Math.abs(within.slope) > z * within.se && !isContradicted) return 'position-bias.effect';
  if (widest >= Math.log1p(margin)) return 'position-bias.not-separable';
  // Items that are dealt at random are no reason for positions to differ: that was chance.
  return within.dealt > dealtLevel ? 'position-bias.none' : 'position-bias.relevance';
}

const severities: Readonly<Record<string, Finding['severity']>> = {
  'position-bias.effect': 'suspect',
  'position-bias.not-separable': 'suspect',
};

function evidenceOf(
  code: string,
  rates: readonly Rate[],
  p: number,
  within: Trend,
  seen: readonly Seen[],
  hasItem: boolean,
): Evidence {
  const isKnown = Number.isFinite(within.se);
  const at = (errors: number): number | null => (isKnown ? round12(Math.exp(within.slope + errors * within.se)) : null);
  const odds = { odds: at(0), low: at(-limit), high: at(limit) };
  const args = {
    ...odds,
    p: round12(p),
    overlap: round12(within.overlap),
    within: hasItem ? 'item' : null,
    dealt: hasItem && within.dealt > dealtLevel,
    positives: rates.reduce((sum, r) => sum + r.positives, 0),
    rates: rates.map((r) => ({ ...r, ...rounded(wilson(r.positives, r.rows)) })),
    seen: seen.map((s) => ({ ...s })),
  };
  return {
    measurements: [
      ...(odds.odds === null
        ? []
        : [{ name: 'position-bias.odds', value: odds.odds, unit: 'ratio', low: odds.low!, high: odds.high! } as const]),
      { name: 'position-bias.overlap', value: args.overlap, unit: 'share' },
    ],
    findings: [{ code, severity: severities[code] ?? 'note', args }],
    flagged: null,
  };
}

function rounded({ low, high }: { low: number; high: number }): { low: number; high: number } {
  return { low: round12(low), high: round12(high) };
}

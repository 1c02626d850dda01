import type { Curve } from '../../src/core/effect.js';

export interface DoseReading {
  readonly cost: number;
  readonly low: number;
  readonly high: number;
  /** False between measured doses, where the line between them is read. */
  readonly measured: boolean;
}

/** The cost of a dose, from 0 to the largest measured one. */
export function costAt({ points }: Pick<Curve, 'points'>, dose: number): DoseReading {
  const all = points[0]?.dose === 0 ? points : [{ dose: 0, cost: 0, low: 0, high: 0 }, ...points];
  const next = all.findIndex((p) => p.dose >= dose);
  const b = all[next < 0 ? all.length - 1 : next]!;
  if (next <= 0 || b.dose === dose) return { cost: b.cost, low: b.low, high: b.high, measured: true };
  const a = all[next - 1]!;
  const share = (dose - a.dose) / (b.dose - a.dose);
  const between = (x: number, y: number): number => x + share * (y - x);
  return { cost: between(a.cost, b.cost), low: between(a.low, b.low), high: between(a.high, b.high), measured: false };
}

/** The largest measured dose up to which every upper limit stays within the budget; null where none does. */
export function toleratedDose({ points }: Pick<Curve, 'points'>, budget: number): number | null {
  const measured = points.filter((p) => p.dose > 0);
  const over = measured.findIndex((p) => p.high > budget);
  return measured.slice(0, over < 0 ? measured.length : over).at(-1)?.dose ?? null;
}

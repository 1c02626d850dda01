import type { Level, Levels, MarkedLevel } from './level.js';

/** Spellings of a unit count from this share of the numbers on, and together they must be nearly all. */
const minShare = 0.02;
const nearlyAll = 0.9;
/** Share of numbers that must occur under two spellings: where each has its own (`1 year`, `2 years`) none is wrong. */
const shared = 0.2;
/** A unit goes with many numbers; a street goes with few. */
const minNumbers = 3;
const longestUnit = 16;
/** Medians of two spellings of one unit differ by less than this factor. */
const sameScale = 2;

interface Quantity {
  readonly level: Level;
  readonly number: string;
  readonly suffix: string;
}

/** Numbers with a unit in two or more spellings, no unit being one: those that carry one, with the number alone. */
export function mixedUnits({ column, levels, cells }: Levels): readonly MarkedLevel[] {
  const quantities = levels.flatMap((level) => quantityOf(level) ?? []);
  const bySuffix = by(quantities, (q) => q.suffix);
  const numbers = rowsOf(quantities);
  const frequent = [...bySuffix.values()].filter((some) => rowsOf(some) >= minShare * numbers);
  if (numbers <= cells / 2 || frequent.length < 2 || rowsOf(frequent.flat()) <= nearlyAll * numbers) return [];
  if (frequent.some((some) => by(some, (q) => q.number).size < minNumbers)) return [];
  const spellings = by(quantities, (q) => q.number);
  const several = quantities.filter((q) => spellings.get(q.number)!.length > 1);
  if (rowsOf(several) < shared * numbers) return [];
  const medians = frequent.map(medianOf);
  const isOneUnit = Math.max(...medians) < sameScale * Math.min(...medians);
  return quantities
    .filter(({ suffix }) => suffix !== '')
    .map(({ level, number }): MarkedLevel => {
      const suggestion = isOneUnit ? number.replace(/\.0+$/, '') : null;
      return { column, level, code: 'dirty-cells.unit', score: isOneUnit ? 0.5 : 0.8, suggestion };
    });
}

/** A number and what follows it: nothing, or a word or sign without digits. */
function quantityOf(level: Level): Quantity | null {
  const [, number = '', suffix = ''] = /^\s*([-+]?\d+(?:\.\d+)?)\s*(\S.*)?$/.exec(level.value) ?? [];
  const isUnit = suffix.length <= longestUnit && (suffix === '' || /^[\p{L}%‰°µ$€£][^\d]*$/u.test(suffix));
  return number === '' || !isUnit ? null : { level, number, suffix: suffix.trim() };
}

function by(quantities: readonly Quantity[], key: (q: Quantity) => string): ReadonlyMap<string, readonly Quantity[]> {
  const groups = new Map<string, Quantity[]>();
  for (const q of quantities) {
    const group = groups.get(key(q));
    if (group === undefined) groups.set(key(q), [q]);
    else group.push(q);
  }
  return groups;
}

function rowsOf(quantities: readonly Quantity[]): number {
  return quantities.reduce((sum, { level }) => sum + level.rows, 0);
}

function medianOf(quantities: readonly Quantity[]): number {
  const sorted = quantities.toSorted((a, b) => Number(a.number) - Number(b.number));
  let rest = rowsOf(quantities) / 2;
  for (const { number, level } of sorted) if ((rest -= level.rows) <= 0) return Math.abs(Number(number));
  return 0;
}

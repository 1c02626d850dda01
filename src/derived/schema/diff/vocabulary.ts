import type { Level } from '../schema.js';

/** A value of A and the value it is in B. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
  readonly confidence: number;
}

export interface Vocabulary {
  /** Values that are written otherwise in B; several with one `to` were merged. */
  readonly renamed: readonly Renamed[];
  /** Values of A that B lacks and that became none of its own. */
  readonly gone: readonly string[];
  /** Values of B that A lacks and that none of its own became. */
  readonly come: readonly string[];
}

/** Shares stray by this much by themselves (drift, repeated users), beside their sampling error. */
const slack = 0.004;
/** A value counts as missing from a sample that should have held it this often. */
const leastExpected = 10;
/** More values than these are matched one to one only. */
const mostSubsets = 8;

/**
 * What became of the values of A in B, by spelling (case, punctuation, a common prefix or suffix; into a value that A has too
 * only where its share grew by as much), else by their shares: a value that is gone became the one that came with the same
 * share, and several became one where their shares add up to it. A reading counts where it is the only one, and no other value
 * moved by as much: among shares that change, equal ones are an accident. `n` and `m`: rows the shares were taken from.
 */
export function matchVocabulary(a: readonly Level[], b: readonly Level[], n: number, m: number): Vocabulary {
  const [left, right] = [new Map(a), new Map(b)];
  let gone = a.filter(([value, share]) => !right.has(value) && share * m >= leastExpected);
  let come = b.filter(([value, share]) => !left.has(value) && share * n >= leastExpected);
  const error = (share: number): number => 3 * (Math.sqrt(share * (1 - share) * (1 / n + 1 / m)) + slack);
  const spelled = bySpelling(gone, come, b).filter(
    ({ to }, _, all) => !left.has(to) || tookUp(to, all, { left, right, come, error }),
  );
  gone = gone.filter(([value]) => !spelled.some((r) => r.from === value));
  come = come.filter(([value]) => !spelled.some((r) => r.to === value));
  const grown = b.flatMap(([value, share]): Target[] => {
    const before = left.get(value);
    if (before === undefined || share - before <= 1.5 * error(before)) return [];
    return [{ value, share: share - before, isNew: false }];
  });
  const targets: Target[] = [...come.map(([value, share]) => ({ value, share, isNew: true })), ...grown];
  const read = gone.length > mostSubsets ? oneToOne(gone, come, error) : byShares(gone, targets, error);
  const moved = moves(left, right, error).filter(([value]) => !read.some((r) => r.to === value));
  const most = Math.max(0, ...moved.map(([, share]) => share));
  const renamed = [...spelled, ...read.filter((r) => most < left.get(r.from)!)];
  return {
    renamed,
    gone: gone.map(([value]) => value).filter((value) => !renamed.some((r) => r.from === value)),
    come: come.map(([value]) => value).filter((value) => !renamed.some((r) => r.to === value)),
  };
}

/** Values of both whose share moved by more than chance and slack, and by how much. */
function moves(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
  error: (share: number) => number,
): readonly Level[] {
  return [...left].flatMap(([value, before]): Level[] => {
    const moved = Math.abs((right.get(value) ?? before) - before);
    return moved > error(Math.max(before, right.get(value) ?? 0)) ? [[value, moved]] : [];
  });
}

interface Shares {
  readonly left: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
  readonly come: readonly Level[];
  readonly error: (share: number) => number;
}

/**
 * Whether a value that A has too took up those that are spelled like it: it grew by their share, and where a value that came
 * could have taken them as well, it surely grew.
 */
function tookUp(to: string, spelled: readonly Renamed[], { left, right, come, error }: Shares): boolean {
  const share = spelled.reduce((sum, r) => sum + (r.to === to ? left.get(r.from)! : 0), 0);
  const grew = (right.get(to) ?? 0) - left.get(to)!;
  if (Math.abs(grew - share) > error(Math.max(grew, share))) return false;
  return grew > error(share) || come.every(([, other]) => Math.abs(other - share) > error(Math.max(other, share)));
}

interface Target {
  readonly value: string;
  /** Share it has, or has more, in B. */
  readonly share: number;
  readonly isNew: boolean;
}

/** Values equal but for case and punctuation, or all with one prefix or suffix put on or taken off. */
function bySpelling(gone: readonly Level[], come: readonly Level[], b: readonly Level[]): readonly Renamed[] {
  if (gone.length === 0) return [];
  const readings: ((value: string) => string)[] = [plain, ...affixes(gone, come)];
  for (const read of readings) {
    const isPlain = read === plain;
    const found = gone.flatMap(([from]): Renamed[] => {
      const to = isPlain
        ? b.filter(([value]) => plain(value) === plain(from) && plain(from) !== '')
        : come.filter(([value]) => value === read(from));
      return to.length === 1 ? [{ from, to: to[0]![0], confidence: 0.97 }] : [];
    });
    const isOneToOne = new Set(found.map((r) => r.to)).size === found.length;
    if (found.length > 0 && (isPlain || (found.length === gone.length && gone.length >= 2 && isOneToOne))) return found;
  }
  return [];
}

function plain(value: string): string {
  return value.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Ways of writing in which the first value that is gone becomes one that came, by a prefix or suffix. */
function affixes(gone: readonly Level[], come: readonly Level[]): readonly ((value: string) => string)[] {
  const [first] = gone[0] ?? [''];
  return come.flatMap(([to]) => {
    if (to.endsWith(first)) return [(value: string) => to.slice(0, to.length - first.length) + value];
    if (to.startsWith(first)) return [(value: string) => value + to.slice(first.length)];
    if (first.endsWith(to)) return [(value: string) => cut(value, first.slice(0, first.length - to.length), '')];
    return first.startsWith(to) ? [(value: string) => cut(value, '', first.slice(to.length))] : [];
  });
}

function cut(value: string, prefix: string, suffix: string): string {
  const fits = value.startsWith(prefix) && value.endsWith(suffix);
  return fits ? value.slice(prefix.length, value.length - suffix.length) : '';
}

/** The one way in which all values that are gone fill the targets; none where there are several. */
function byShares(
  gone: readonly Level[],
  targets: readonly Target[],
  error: (share: number) => number,
): readonly Renamed[] {
  if (gone.length === 0 || targets.length === 0 || targets.length > mostSubsets) return [];
  const readings: (readonly (readonly [number, number])[])[] = [];
  const fill = (at: number, free: readonly number[], taken: readonly (readonly [number, number])[]): void => {
    if (readings.length > 1) return;
    if (at === targets.length) {
      if (free.length === 0) readings.push(taken);
      return;
    }
    const { share, isNew } = targets[at]!;
    for (const some of subsets(free)) {
      // A new value came from somewhere; one that only grew may have grown by itself.
      if (some.length === 0) {
        if (!isNew) fill(at + 1, free, taken);
        continue;
      }
      const sum = some.reduce((total, i) => total + gone[i]![1], 0);
      if (Math.abs(sum - share) > error(Math.max(sum, share))) continue;
      fill(
        at + 1,
        free.filter((i) => !some.includes(i)),
        [...taken, ...some.map((i) => [i, at] as const)],
      );
    }
  };
  fill(0, [...gone.keys()], []);
  const [only] = readings;
  if (only === undefined || readings.length > 1) return [];
  return only.map(([i, at]) => ({
    from: gone[i]![0],
    to: targets[at]!.value,
    confidence: targets[at]!.isNew ? 0.9 : 0.8,
  }));
}

function subsets(items: readonly number[]): readonly (readonly number[])[] {
  return items.reduce<number[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);
}

/** Values by their share, each to the only one that came with as much. */
function oneToOne(
  gone: readonly Level[],
  come: readonly Level[],
  error: (share: number) => number,
): readonly Renamed[] {
  const fits = ([, a]: Level, [, b]: Level): boolean => Math.abs(a - b) <= error(Math.max(a, b));
  return gone.flatMap((level): Renamed[] => {
    const near = come.filter((other) => fits(level, other));
    const [to] = near;
    if (to === undefined || near.length > 1 || gone.filter((other) => fits(other, to)).length > 1) return [];
    return [{ from: level[0], to: to[0], confidence: 0.85 }];
  });
}

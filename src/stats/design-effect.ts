/** Rows by user, summed: enough for a design effect, and additive over parts. */
export interface ClusterSizes {
  /** `sum m`: rows. */
  readonly rows: number;
  /** `sum m^2`, m the rows of each user. */
  readonly squares: number;
}

/**
 * Kish's design effect for users of unequal size: `1 + (sum m^2 / sum m - 1) ICC`, at least 1. The mean size in place
 * of the size-weighted mean would call a heavy-tailed log almost independent.
 */
export function designEffect(sizes: ClusterSizes, icc: number): number {
  if (sizes.rows === 0) return 1;
  return 1 + Math.max(0, sizes.squares / sizes.rows - 1) * Math.min(1, Math.max(0, icc));
}

/**
 * Intra-class correlation of a binned column within users: how much more often two rows of one user share a bin than
 * two rows at random, as a share of what is possible. 1 for a column that is constant by user, about 0 for one that is
 * not the user's. `unit` is the user of each row and `bin` its bin; both count from 0. 0 where no user repeats.
 */
export function binnedIcc(unit: ArrayLike<number>, bin: ArrayLike<number>, bins: number): number {
  const rows = unit.length;
  const total = new Float64Array(bins);
  const own = new Map<number, number>();
  const size = new Map<number, number>();
  let matches = 0;
  let pairs = 0;
  for (let i = 0; i < rows; i++) {
    const cell = unit[i]! * bins + bin[i]!;
    const sameBin = own.get(cell) ?? 0;
    const sameUser = size.get(unit[i]!) ?? 0;
    matches += sameBin;
    pairs += sameUser;
    own.set(cell, sameBin + 1);
    size.set(unit[i]!, sameUser + 1);
    total[bin[i]!]! += 1;
  }
  if (pairs === 0) return 0;
  const chance = total.reduce((sum, count) => sum + (count / rows) ** 2, 0);
  return chance >= 1 ? 0 : Math.min(1, Math.max(0, (matches / pairs - chance) / (1 - chance)));
}

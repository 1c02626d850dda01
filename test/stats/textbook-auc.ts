import { midranks } from '../../src/stats/midranks.js';

/** AUC by comparing every positive with every negative: slow, and beyond doubt. */
export function aucByPairs(scores: readonly number[], labels: readonly number[], weights?: readonly number[]): number {
  let won = 0;
  let pairs = 0;
  for (const [i, positive] of labels.entries()) {
    for (const [j, other] of labels.entries()) {
      if (positive !== 1 || other !== 0) continue;
      const weight = (weights?.[i] ?? 1) * (weights?.[j] ?? 1);
      pairs += weight;
      won += weight * (scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0);
    }
  }
  return won / pairs;
}

/** Placements of positives and negatives by midranks (DeLong, DeLong and Clarke-Pearson 1988). */
export function placements(
  scores: readonly number[],
  labels: readonly number[],
): { positive: number[]; negative: number[] } {
  const at = (label: number): number[] => labels.flatMap((l, i) => (l === label ? [i] : []));
  const [pos, neg] = [at(1), at(0)];
  const all = midranks(scores);
  const own = (rows: number[]): Float64Array => midranks(rows.map((i) => scores[i]!));
  const [ownPos, ownNeg] = [own(pos), own(neg)];
  return {
    positive: pos.map((i, r) => (all[i]! - ownPos[r]!) / neg.length),
    negative: neg.map((i, r) => 1 - (all[i]! - ownNeg[r]!) / pos.length),
  };
}

/** Difference of two correlated AUCs with its variance, divisors n - 1 as in the paper. */
export function deLong(
  a: readonly number[],
  b: readonly number[],
  labels: readonly number[],
): { difference: number; variance: number } {
  const [p, q] = [placements(a, labels), placements(b, labels)];
  const ten = p.positive.map((v, i) => v - q.positive[i]!);
  const one = p.negative.map((v, i) => v - q.negative[i]!);
  return { difference: mean(ten), variance: spread(ten) / ten.length + spread(one) / one.length };
}

/** Variance of the difference of two AUCs over clustered rows (Obuchowski 1997). */
export function obuchowski(
  a: readonly number[],
  b: readonly number[],
  labels: readonly number[],
  cluster: readonly number[],
): number {
  const clusters = [...new Set(cluster)];
  const rows = (label: number): number[] => labels.flatMap((l, i) => (l === label ? [i] : []));
  const [pos, neg] = [rows(1), rows(0)];
  const [p, q] = [placements(a, labels), placements(b, labels)];
  const [ten, one] = [centred(p.positive, q.positive), centred(p.negative, q.negative)];
  const sums = (of: number[], at: number[]): number[] =>
    clusters.map((c) => of.reduce((sum, v, i) => sum + (cluster[at[i]!] === c ? v : 0), 0));
  const [s10, s01] = [sums(ten, pos), sums(one, neg)];
  const present = (at: number[]): number => new Set(at.map((i) => cluster[i])).size;
  const [i10, i01, i] = [present(pos), present(neg), clusters.length];
  const [m, n] = [pos.length, neg.length];
  const cross = s10.reduce((sum, v, k) => sum + v * s01[k]!, 0);
  return (
    ((i10 / (i10 - 1)) * squares(s10)) / m ** 2 +
    ((i01 / (i01 - 1)) * squares(s01)) / n ** 2 +
    (2 * (i / (i - 1)) * cross) / (m * n)
  );
}

function mean(x: readonly number[]): number {
  return x.reduce((a, b) => a + b, 0) / x.length;
}

function spread(x: readonly number[]): number {
  const centre = mean(x);
  return x.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (x.length - 1);
}

function squares(x: readonly number[]): number {
  return x.reduce((sum, v) => sum + v * v, 0);
}

/** Differences of two lists, each less its mean. */
function centred(x: readonly number[], y: readonly number[]): number[] {
  return x.map((v, i) => v - mean(x) - (y[i]! - mean(y)));
}

/** Columns to leave out together. */
export interface DropCandidate {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * Groups of features by the beginning of their names up to the first `_`, `.`, `:` or `-`: at least two of them, and
 * not all. In order of first appearance; the group is called by the beginning with a star.
 */
export function groupsOf(features: readonly string[]): readonly DropCandidate[] {
  const groups = new Map<string, string[]>();
  for (const name of features) {
    const start = /^[^_.:-]+[_.:-]/.exec(name)?.[0];
    if (start !== undefined) groups.set(start, [...(groups.get(start) ?? []), name]);
  }
  return [...groups]
    .filter(([, columns]) => columns.length > 1 && columns.length < features.length)
    .map(([start, columns]) => ({ name: `${start}*`, columns }));
}

/** Number of columns and groups that could be tried. */
export function candidateCount(features: readonly string[]): number {
  return features.length < 2 ? 0 : features.length + groupsOf(features).length;
}

/**
 * What to try with room for `most` entries. Everything where it fits; otherwise a quarter of it goes to the first groups
 * and the rest, half and half, to the features that are weakest and strongest alone (`strength`, 0 where unknown; ties
 * by name). The weakest may go, the strongest are worth knowing; those between stay untried.
 */
export function candidatesOf(
  features: readonly string[],
  strength: ReadonlyMap<string, number>,
  most: number,
): readonly DropCandidate[] {
  const groups = groupsOf(features);
  if (features.length + groups.length <= most) return [...features.map(single), ...groups];
  const tried = groups.slice(0, most >> 2);
  const room = Math.min(features.length, most - tried.length);
  const of = (name: string): number => strength.get(name) ?? 0;
  const ranked = [...features].sort((a, b) => of(a) - of(b) || (a < b ? -1 : 1));
  const weakest = ranked.slice(0, Math.ceil(room / 2));
  const strongest = ranked.slice(ranked.length - Math.floor(room / 2));
  const wanted = new Set([...weakest, ...strongest]);
  return [...features.filter((name) => wanted.has(name)).map(single), ...tried];
}

function single(name: string): DropCandidate {
  return { name, columns: [name] };
}

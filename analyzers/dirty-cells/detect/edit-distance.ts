/**
 * Whether two texts are within `most` insertions, deletions and replacements of each other (Levenshtein 1966), computed
 * row by row and left as soon as no path can stay within.
 */
export function withinEdits(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = Uint16Array.from({ length: b.length + 1 }, (_, j) => j);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    const unit = a.codePointAt(i - 1);
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      const same = before[j - 1]! + (unit === b.codePointAt(j - 1) ? 0 : 1);
      const cost = Math.min(same, before[j]! + 1, row[j - 1]! + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return false;
    [before, row] = [row, before];
  }
  return before[b.length]! <= most;
}

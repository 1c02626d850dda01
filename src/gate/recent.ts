/** Runs looked back on, and the fewest that make a series. */
const window = 20;
const fewest = 5;

/** The newest values of a series that is given newest first; or why they are no series. */
export function recentOf(series: readonly number[]): readonly number[] | string {
  const recent = series.slice(0, window);
  if (recent.length >= fewest) return recent;
  return `a series of ${recent.length} earlier runs is too short; ${fewest} are needed`;
}

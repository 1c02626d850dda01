/** Below this share of the work the pace of the first units (warming up, tables made once) says little. */
const least = 0.05;

/**
 * Seconds a step still takes, from its measured pace: `done` of `total` units in `elapsed` seconds. Units should cost
 * about the same, as trainings of one experiment do. Null before a twentieth is done.
 */
export function secondsLeft(done: number, total: number, elapsed: number): number | null {
  if (!(total > 0) || done / total < least) return null;
  return (elapsed * Math.max(0, total - done)) / done;
}

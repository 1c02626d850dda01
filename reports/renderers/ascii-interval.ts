/** Draws intervals with characters, all on one axis. */
export interface AsciiScale {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/** An axis of `width` characters that holds 0 and every interval; null where there is none. */
export function asciiScale(
  intervals: readonly { readonly low: number; readonly high: number }[],
  width: number,
): AsciiScale | null {
  if (intervals.length === 0 || width < 12) return null;
  const low = Math.min(0, ...intervals.map((i) => i.low));
  const high = Math.max(0, ...intervals.map((i) => i.high));
  return high > low ? { low, high, width } : null;
}

/** `   [--#---]  |`: the interval in brackets, its value as `mark`, and zero as `|`. */
export function asciiInterval(
  scale: AsciiScale,
  interval: { readonly low: number; readonly high: number },
  value: number,
  mark: string,
): string {
  const cells = Array.from<string>({ length: scale.width }).fill(' ');
  const at = (v: number): number => Math.round(((v - scale.low) / (scale.high - scale.low)) * (scale.width - 1));
  cells[at(0)] = '|';
  for (let i = at(interval.low); i <= at(interval.high); i++) cells[i] = '-';
  cells[at(interval.low)] = '[';
  cells[at(interval.high)] = ']';
  cells[at(value)] = mark;
  return cells.join('');
}

/** The line above: both ends of the axis and zero, each where it fits. */
export function asciiAxis(scale: AsciiScale, format: (value: number) => string): string {
  const cells = Array.from<string>({ length: scale.width }).fill(' ');
  const put = (text: string, start: number): void => {
    const from = Math.max(0, Math.min(scale.width - text.length, start));
    const free = cells.slice(Math.max(0, from - 1), from + text.length + 1).every((c) => c === ' ');
    if (free) cells.splice(from, text.length, ...Array.from(text));
  };
  put(scale.low < 0 ? format(scale.low) : '0', 0);
  put(scale.high > 0 ? format(scale.high) : '0', scale.width);
  put('0', Math.round((-scale.low / (scale.high - scale.low)) * (scale.width - 1)));
  return cells.join('');
}

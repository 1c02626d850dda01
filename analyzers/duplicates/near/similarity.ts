/** A plain text with what comparing it takes, made once. */
export interface Compared {
  readonly text: string;
  /** UTF-16 units. */
  readonly units: Uint16Array;
  /** Trigrams, padded by two spaces before and one behind, as sorted numbers. */
  readonly grams: Float64Array;
  readonly words: readonly string[];
}

export function compared(text: string): Compared {
  const units = Uint16Array.from(text, (_, i) => text.charCodeAt(i)).subarray(0, text.length);
  return { text, units, grams: gramsOf(text), words: [...new Set(text.split(' '))] };
}

/** From this on two texts are close, and from the other alike. */
export const close = 0.88;
export const alike = 0.7;
/** A text whose words the other one has is close but not equal. */
const contains = 0.95;
const shortText = 20;

/**
 * How alike two unequal texts are, in [0, 1]: the largest of the Dice coefficient of their trigrams, the share of the
 * shorter one's words that the other has, and, for texts of up to 20 characters, Jaro-Winkler (Winkler 1990). The
 * measures that take longer are left out where `enough` is reached.
 */
export function similarity(a: Compared, b: Compared, enough = 1): number {
  const cheap = Math.max(dice(a.grams, b.grams), containment(a.words, b.words));
  if (cheap >= enough || Math.max(a.units.length, b.units.length) > shortText) return cheap;
  return Math.max(cheap, jaroWinkler(a.units, b.units));
}

function containment(a: readonly string[], b: readonly string[]): number {
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  if (small.length < 2) return 0;
  let shared = 0;
  for (const word of small) if (large.includes(word)) shared++;
  return (contains * shared) / small.length;
}

/** Three units of 16 bits are one number below 2^48, so no two trigrams are mixed up. */
function gramsOf(text: string): Float64Array {
  const padded = `  ${text} `;
  const grams = new Set<number>();
  for (let i = 0; i + 3 <= padded.length; i++)
    grams.add((padded.charCodeAt(i) * 65_536 + padded.charCodeAt(i + 1)) * 65_536 + padded.charCodeAt(i + 2));
  return Float64Array.from(grams).sort();
}

function dice(a: Float64Array, b: Float64Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const d = a[i]! - b[j]!;
    if (d === 0) shared++;
    if (d <= 0) i++;
    if (d >= 0) j++;
  }
  return (2 * shared) / (a.length + b.length);
}

function jaroWinkler(a: Uint16Array, b: Uint16Array): number {
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
  let [ofA, ofB] = [0, 0];
  const common: number[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if ((ofB & (1 << j)) !== 0 || b[j] !== a[i]) continue;
      ofA |= 1 << i;
      ofB |= 1 << j;
      common.push(a[i]!);
      break;
    }
  }
  const m = common.length;
  if (ofA === 0) return 0;
  let [swaps, at] = [0, 0];
  for (let j = 0; j < b.length; j++) if ((ofB & (1 << j)) !== 0 && b[j] !== common[at++]) swaps++;
  const jaro = (m / a.length + m / b.length + (m - swaps / 2) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix++;
  return jaro + 0.1 * prefix * (1 - jaro);
}

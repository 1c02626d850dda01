/**
 * Numbers and names as people read them, the same in every renderer. Minus is U+2212; an absent value is an en dash.
 */

const minus = '\u2212';

/** What stands where there is no value. */
export const absent = '–';

/** An AUC or another value in [0, 1]: four decimals, no leading zero (`.7512`). */
export function auc(value: number): string {
  return decimals(value, 4);
}

/** A difference with its sign: `+.0099`, `−.0011`; exact zero is `0`. */
export function change(value: number): string {
  const text = decimals(value, 4);
  return value > 0 ? `+${text}` : text;
}

/** Limits of an interval: `[.0015, .0027]`. */
export function interval(limits: { readonly low: number; readonly high: number }): string {
  return `[${auc(limits.low)}, ${auc(limits.high)}]`;
}

/** Rows, cells, groups: `1,204,318`. */
export function count(value: number): string {
  return Math.abs(value) < 1e15 && Number.isInteger(value)
    ? `${value < 0 ? minus : ''}${Math.abs(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',')}`
    : decimals(value, 2);
}

/** A share as percent: one decimal below 10, none above, `<.1%` instead of 0.0%, exact zero `0`. */
export function percent(share: number): string {
  if (share === 0) return '0';
  const value = Math.abs(share) * 100;
  const sign = share < 0 ? minus : '';
  if (value < 0.05) return `<${sign}.1%`;
  // 99.96% is not all; "100%" is kept for everything.
  if (value < 100 && value >= 99.5) return `${sign}${Math.min(99.9, Math.floor(value * 10) / 10).toFixed(1)}%`;
  return `${sign}${value < 9.95 ? value.toFixed(1) : value.toFixed(0)}%`;
}

/** PSI, ratios, z: two decimals, no leading zero (`.27`). */
export function two(value: number): string {
  return decimals(value, 2);
}

/** `28 Sep` of an ISO date or date-time, in UTC; the text itself where it is no date. */
export function day(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return visible(iso);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A small number as a word at the start of a sentence (`Four`), larger ones in digits. */
export function word(value: number): string {
  return words[value] ?? count(value);
}

const words: readonly string[] = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** `1 row`, `2 rows`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The sentence with a large first letter. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/**
 * Names and values with everything invisible made visible: control characters, line ends and characters that turn
 * the reading direction are written as escapes, so that a value can neither fake a line nor steer a terminal.
 */
export function visible(text: string): string {
  return text.replace(invisible, (c) => shortEscapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A name cut in the middle to `width` characters, start and end kept; escapes are applied first. */
export function cut(text: string, width: number, mark = '…'): string {
  const characters = Array.from(visible(text));
  if (characters.length <= width) return characters.join('');
  const keep = Math.max(0, width - mark.length);
  const head = Math.ceil(keep * 0.6);
  return characters.slice(0, head).join('') + mark + characters.slice(characters.length - (keep - head)).join('');
}

function decimals(value: number, digits: number): string {
  if (value === 0) return '0';
  const text = Math.abs(value).toFixed(digits);
  const zero = Number(text) === 0;
  return `${value < 0 && !zero ? minus : ''}${text.replace(/^0\./, '.')}`;
}

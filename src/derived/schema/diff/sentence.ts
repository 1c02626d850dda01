import type { Json } from '../../../core/evidence.js';
import type { Change, ChangeCode } from './change.js';
import { argText } from '../../../core/arg-text.js';

/** A change in words. */
export function changeSentence(change: Change): string {
  const { code, column, to, args = {} } = change;
  const [name, other] = [quoted(column), quoted(to ?? column)];
  return sentences[code]({ name, other, where: to === undefined ? name : `${name} (now ${other})`, to, args });
}

interface Words {
  /** The column's name in the first version and in the other, quoted, and how it is spoken of. */
  readonly name: string;
  readonly other: string;
  readonly where: string;
  readonly to: string | undefined;
  readonly args: NonNullable<Change['args']>;
}

const sentences: Readonly<Record<ChangeCode, (words: Words) => string>> = {
  renamed: ({ name, other }) => `${name} is now called ${other}.`,
  'perhaps-renamed': ({ name, other }) => `${name} may now be called ${other}.`,
  swapped: ({ name, other, to, args }) =>
    args['back'] === to
      ? `${name} and ${other} have changed places: what was ${name} stands under ${other}.`
      : `What was ${name} stands under ${other}.`,
  unit: ({ where, args }) => `${where} is in another unit: ${factorText(args['factor'])}${unitText(args)}.`,
  type: ({ where, args }) => `${where} was ${argText(args['from'])} and is ${argText(args['to'])}.`,
  'values-renamed': ({ where, args }) => `Values of ${where} are written otherwise: ${readings(args['values'])}.`,
  'values-merged': ({ where, args }) => `Values of ${where} were merged: ${readings(args['values'])}.`,
  'values-gone': ({ where, args }) => `Values of ${where} are gone: ${list(args['values'])}.`,
  'values-new': ({ where, args }) => `${where} has new values: ${list(args['values'])}.`,
  range: ({ where }) => `Old rows of ${where} lie outside of the range that is allowed now.`,
  length: ({ where }) => `Lists of ${where} are of another length than is allowed now.`,
  presence: ({ where }) => `${where} is empty more often in the old rows than is allowed now.`,
  removed: ({ name }) => `${name} is gone.`,
  added: ({ name }) => `${name} is new.`,
};

function factorText(factor: Json | undefined): string {
  const value = Number(factor);
  if (!Number.isFinite(value)) return 'by which factor cannot be seen';
  return value >= 1 ? `multiplied by ${value}` : `divided by ${Math.round(1 / value)}`;
}

function unitText({ was, is }: NonNullable<Change['args']>): string {
  return was !== undefined && is !== undefined && was !== is ? `, ${argText(was)} became ${argText(is)}` : '';
}

/** `"a", "b" → "c"` for each reading, the first few. */
function readings(values: Json | undefined): string {
  const all = (Array.isArray(values) ? values : []).map((one) => {
    const parts = (Array.isArray(one) ? one : []).map((part) => quoted(argText(part)));
    return `${parts.slice(0, -1).join(', ')} → ${parts.at(-1) ?? ''}`;
  });
  return all.length > 6 ? `${all.slice(0, 6).join('; ')} and ${all.length - 6} more` : all.join('; ');
}

function list(values: Json | undefined): string {
  const all = (Array.isArray(values) ? values : []).map((value) => quoted(argText(value)));
  return all.length > 6 ? `${all.slice(0, 6).join(', ')} and ${all.length - 6} more` : all.join(', ');
}

/** JSON quoting keeps what a stranger's name holds visible. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

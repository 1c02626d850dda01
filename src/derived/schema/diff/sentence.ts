import type { Json } from '../../../core/evidence.js';
import type { Change } from './change.js';
import { argText } from '../../../core/arg-text.js';

/** A change in words. */
export function changeSentence(change: Change): string {
  const { code, column, to, args = {} } = change;
  const [name, other] = [quoted(column), quoted(to ?? column)];
  const where = to === undefined ? name : `${name} (now ${other})`;
  switch (code) {
    case 'renamed':
      return `${name} is now called ${other}.`;
    case 'perhaps-renamed':
      return `${name} may now be called ${other}.`;
    case 'swapped':
      return args['back'] === to
        ? `${name} and ${other} have changed places: what was ${name} stands under ${other}.`
        : `What was ${name} stands under ${other}.`;
    case 'unit':
      return `${where} is in another unit: ${factorText(args['factor'])}${unitText(args)}.`;
    case 'type':
      return `${where} was ${argText(args['from'])} and is ${argText(args['to'])}.`;
    case 'values-renamed':
      return `Values of ${where} are written otherwise: ${readings(args['values'])}.`;
    case 'values-merged':
      return `Values of ${where} were merged: ${readings(args['values'])}.`;
    case 'values-gone':
      return `Values of ${where} are gone: ${list(args['values'])}.`;
    case 'values-new':
      return `${where} has new values: ${list(args['values'])}.`;
    case 'range':
      return `Old rows of ${where} lie outside of the range that is allowed now.`;
    case 'presence':
      return `${where} is empty more often in the old rows than is allowed now.`;
    case 'removed':
      return `${name} is gone.`;
    case 'added':
      return `${name} is new.`;
  }
}

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

import type { PutColumn } from '../../../src/core/engine.js';
import { createRandom } from '../../../src/core/random.js';
import { hours, integers, numbers, texts } from '../../analyzers/small-study.js';

/** Uniform draws of a named stream. */
function draws(seed: number, stream: string, rows: number): readonly number[] {
  const random = createRandom(seed).fork(stream);
  return Array.from({ length: rows }, (_, i) => random.at(i));
}

/** An honest table of known laws: another seed is another sample of them. */
export function honestTable(seed: number, rows = 4000): readonly PutColumn[] {
  const u = (stream: string): readonly number[] => draws(seed, stream, rows);
  const [v, w] = [u('price2'), u('score2')];
  const price = u('price').map((x, i) => Math.round(100 * Math.exp(2 + x + v[i]!)) / 100);
  const score = u('score').map((x, i) => Math.sqrt(-2 * Math.log(1 - x)) * Math.cos(2 * Math.PI * w[i]!));
  const empty = u('empty');
  return [
    hours(
      'at',
      Array.from({ length: rows }, (_, i) => (240 * i) / rows),
    ),
    numbers('price', price),
    numbers(
      'score',
      score.map((x, i) => (empty[i]! < 0.1 ? null : x)),
    ),
    integers(
      'hour',
      u('hour').map((x) => Math.floor(24 * x)),
    ),
    numbers(
      'wait_ms',
      u('wait').map((x) => Math.round(20 - 3000 * Math.log(1 - x))),
    ),
    texts(
      'device',
      u('device').map((x) => (x < 0.5 ? 'phone' : x < 0.75 ? 'desk' : x < 0.9 ? 'tablet' : 'tv')),
    ),
    texts(
      'user',
      u('user').map((x) => `u-${Math.floor(x * 2000)}`),
    ),
    integers(
      'click',
      u('click').map((x) => Number(x < 0.1)),
    ),
  ];
}

/** The table with some columns replaced, or put last under a new name. */
export function withColumns(
  table: readonly PutColumn[],
  made: Readonly<Record<string, (column: PutColumn) => PutColumn>>,
): readonly PutColumn[] {
  return table.map((column) => made[column.name]?.(column) ?? column);
}

/** Each value of a column of texts or numbers anew; nulls stay. */
export function eachValue(f: (value: number) => number): (column: PutColumn) => PutColumn {
  return (column) => ({ ...column, values: Float64Array.from(column.values as Float64Array, f), type: 'DOUBLE' });
}

export function eachText(f: (value: string) => string): (column: PutColumn) => PutColumn {
  return (column) => ({ ...column, values: (column.values as readonly string[]).map(f) });
}

export function named(name: string): (column: PutColumn) => PutColumn {
  return (column) => ({ ...column, name });
}

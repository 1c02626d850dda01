import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableName } from '../../../src/dataset/sql/table-name.js';

describe('table names', () => {
  it('are plain identifiers, and different for different parts', () => {
    const part = string({ unit: 'grapheme', maxLength: 6 });
    assert(
      property(part, part, (a, b) => {
        expect(tableName('t', a)).toMatch(/^[a-z_][a-z0-9_]*$/);
        expect(tableName('t', a) === tableName('t', b)).toBe(a === b);
      }),
    );
  });

  it('keep parts apart', () => {
    expect(tableName('a', 'b')).not.toBe(tableName('a_b'));
    expect(tableName('a', 'b_', 'c')).not.toBe(tableName('a', 'b', '_c'));
  });

  it('are short, however deep one is made of others, and then still differ', () => {
    let [a, b] = ['one source', 'one Source'];
    for (let depth = 0; depth < 6; depth++) [a, b] = [tableName('made of', a), tableName('made of', b)];
    expect(Math.max(a.length, b.length)).toBeLessThanOrEqual(100);
    expect(a).toMatch(/^[a-z_][a-z0-9_]*$/);
    expect(a).not.toBe(b);
  });
});

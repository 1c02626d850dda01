import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableName } from '../../../src/dataset/sql/table-name.js';

describe('table names', () => {
  it('are plain identifiers, and different for different parts', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(
      fc.property(part, part, (a, b) => {
        expect(tableName('t', a)).toMatch(/^[a-z_][a-z0-9_]*$/);
        if (a !== b) expect(tableName('t', a)).not.toBe(tableName('t', b));
      }),
    );
  });

  it('keep parts apart', () => {
    expect(tableName('a', 'b')).not.toBe(tableName('a_b'));
    expect(tableName('a', 'b_', 'c')).not.toBe(tableName('a', 'b', '_c'));
  });
});

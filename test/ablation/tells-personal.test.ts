import { describe, expect, it } from 'vitest';
import { personalColumns, tellsPersonal } from '../../src/ablation/tells-personal.js';
import { expr, planOf, type Verb } from '../../src/core/plan.js';

const personal = new Set(['name', 'phone']);
const tells = (verb: Verb): boolean => tellsPersonal(planOf('d', 'd.c', verb), personal);
const at = { list: 'rows', of: 'hash' };

describe('a plan tells personal values', () => {
  it('where a rule, a lookup or a list spells out values of a personal column', () => {
    const isHer = expr.cmp('=', expr.col('name'), expr.text('Ada'));
    expect(tells({ verb: 'drop-row', where: { rule: isHer } })).toBe(true);
    expect(
      tells({ verb: 'drop-row', where: { rule: expr.and(expr.cmp('>', expr.col('x'), expr.double(1)), isHer) } }),
    ).toBe(true);
    const pair = [
      { type: 'VARCHAR', text: 'Adda' },
      { type: 'VARCHAR', text: 'Ada' },
    ] as const;
    expect(tells({ verb: 'map-column', column: 'name', lookup: [pair], other: 'keep' })).toBe(true);
    expect(tells({ verb: 'set-cell', column: 'phone', list: at })).toBe(true);
    expect(tells({ verb: 'set-cell', column: 'phone', where: { keys: at }, to: expr.double(4420) })).toBe(true);
  });

  it('not where it drops, hashes or empties the column, names rows by key, or reads other columns', () => {
    expect(tells({ verb: 'drop-column', column: 'name' })).toBe(false);
    expect(tells({ verb: 'set-cell', column: 'name', where: { all: true }, to: { keyedHash: expr.col('name') } })).toBe(
      false,
    );
    expect(tells({ verb: 'set-cell', column: 'name', where: { keys: at }, to: expr.literal('VARCHAR', null) })).toBe(
      false,
    );
    const isBlank = expr.cmp('=', expr.col('name'), expr.text(' '));
    expect(tells({ verb: 'drop-row', where: { rule: isBlank } })).toBe(false);
    expect(tells({ verb: 'drop-row', where: { keys: at } })).toBe(false);
    expect(tells({ verb: 'drop-row', where: { rule: expr.cmp('=', expr.col('city'), expr.text('Oslo')) } })).toBe(
      false,
    );
  });

  it('where a detector says which columns are personal', () => {
    const evidence = { measurements: [], findings: [], flagged: null, personal: [{ column: 'name', kinds: ['name'] }] };
    expect(personalColumns(new Map([['pii', { outcome: 'ok', evidence }]]))).toEqual(new Set(['name']));
  });
});

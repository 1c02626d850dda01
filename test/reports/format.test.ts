import { assert, double, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, change, count, cut, day, interval, list, percent, visible } from '../../reports/format.js';

describe('numbers', () => {
  it.each([
    [auc(0.75123), '.7512'],
    [auc(1), '1.0000'],
    [auc(0), '0'],
    [change(0.0099), '+.0099'],
    [change(-0.0011), '\u2212.0011'],
    [change(0), '0'],
    [change(-0.00001), '.0000'],
    [interval({ low: -0.0004, high: 0.0014 }), '[\u2212.0004, .0014]'],
    [count(1_204_318), '1,204,318'],
    [count(999), '999'],
    [percent(0), '0'],
    [percent(0.0001), '<.1%'],
    [percent(0.019), '1.9%'],
    [percent(0.41), '41%'],
    [percent(0.9996), '99.9%'],
    [percent(1), '100%'],
    [day('2026-09-28'), '28 Sep'],
    [day('soon'), 'soon'],
    [list(['a', 'b', 'c']), 'a, b and c'],
  ])('%s', (shown, expected) => {
    expect(shown).toBe(expected);
  });

  it('says 100% of everything only, and 0 of nothing only', () => {
    assert(
      property(double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(['0', '100%']).not.toContain(percent(share));
      }),
    );
  });
});

describe('names', () => {
  it('never hold a control character or a turn of direction', () => {
    assert(
      property(string({ unit: 'binary' }), (name) => {
        expect(visible(name)).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('are cut to the width, start and end kept', () => {
    assert(
      property(string(), integer({ min: 5, max: 60 }), (name, width) => {
        expect(Array.from(cut(name, width)).length).toBeLessThanOrEqual(width);
      }),
    );
    expect(cut('user_embedding_v2_backfilled', 15)).toBe('user_embe…illed');
  });
});

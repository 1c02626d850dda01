import { describe, expect, it } from 'vitest';
import { audit } from '../../fixtures/golden/audit.js';
import { clean } from '../../fixtures/golden/clean.js';
import { golden } from '../../fixtures/golden/report.js';
import type { Report } from '../../reports/model.js';
import { renderTerminal } from '../../reports/renderers/terminal.js';

const documents: readonly (readonly [string, Report])[] = [
  ['report', golden],
  ['clean', clean],
  ['audit', audit],
];

describe('the terminal report', () => {
  it.each(documents)('of %s is the golden text', async (name, report) => {
    const text = renderTerminal(report, { width: 80, color: false });
    await expect(text).toMatchFileSnapshot(`../../fixtures/golden/${name}.terminal.txt`);
  });

  it.each([40, 60, 80, 120])('keeps to %i columns', (width) => {
    for (const [, report] of documents) {
      for (const line of renderTerminal(report, { width, color: false }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });

  it('keeps the numbers where there is no room to draw', () => {
    const text = renderTerminal(golden, { width: 60, color: false });
    expect(text).toContain('+.0158 [.0112, .0204] pays');
    expect(text).not.toContain('[-#-');
  });

  it.each(documents)('of %s shows no number that is not in the document', (_, report) => {
    const known = numbersOf(report);
    const shown = renderTerminal(report, { width: 4000, color: false }).match(/(?<![\w.])[+-]?[\d,]*\.?\d+%?/g) ?? [];
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.map((n) => n.replace(/^[+-]/, '')).filter((n) => !known.has(n))).toEqual([]);
  });

  it('says the same without colour', () => {
    const colored = renderTerminal(golden, { width: 80, color: true });
    expect(colored).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex -- the escape sequences are what is removed
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(golden, { width: 80, color: false }));
  });

  it('lets no name steer the terminal', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(renderTerminal(golden, { width: 80, color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('is short when quiet', () => {
    const text = renderTerminal(golden, { width: 80, color: false, quiet: true });
    expect(text).toContain('PAYS');
    expect(text).toContain('failed');
    expect(text).not.toContain('PROOF');
  });
});

/** Every number of the document in each way it may be printed, and the numbers inside its texts. */
function numbersOf(value: unknown): Set<string> {
  const known = new Set(['95%', '0']);
  const visit = (v: unknown): void => {
    if (typeof v === 'number') for (const text of forms(Math.abs(v))) known.add(text);
    else if (typeof v === 'string') for (const m of v.match(/[\d,]*\.?\d+%?/g) ?? []) known.add(m);
    else if (typeof v === 'object' && v !== null) Object.values(v).forEach(visit);
  };
  visit(value);
  return known;
}

function forms(v: number): string[] {
  const four = v.toFixed(4);
  return [
    ...[four, v.toFixed(2), v.toFixed(1)].map((t) => t.replace(/^0\./, '.')),
    v.toLocaleString('en-US'),
    String(v),
    `${(v * 100).toFixed(1)}%`,
    `${(v * 100).toFixed(0)}%`,
  ];
}

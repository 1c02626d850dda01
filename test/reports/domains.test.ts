import type { Slice } from '../../src/core/slice.js';
import { expect, it } from 'vitest';
import { golden } from '../../fixtures/golden/report.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { renderMarkdown } from '../../reports/renderers/markdown.js';
import { renderTerminal } from '../../reports/renderers/terminal.js';
import { parseReport } from '../../reports/schema.js';

const slice = (value: string, rate: number, p: number): Slice => {
  const limits = { rate, low: rate / 2, high: rate * 2, lift: 3, share: 0.4, p };
  return { slice: `shop = ${value}`, parts: [{ column: 'shop', part: value }], rows: 1000, ...limits };
};
const [first, ...others] = golden.defects;
const report = {
  ...golden,
  defects: [{ ...first!, domains: [slice('Oslo <b>', 0.1, 0.0001), slice('Graz', 0.02, 0.4)] }, ...others],
};

it('shows the domains in which a defect is more frequent, and no others, in every form', async () => {
  const shown = [
    renderTerminal(report, { width: 100, color: false }),
    renderMarkdown(report),
    await renderHtml(report),
  ];
  for (const text of shown) {
    expect(text).toContain('shop = Oslo');
    expect(text).toMatch(/by domain|all domains/i);
    expect(text).not.toContain('shop = Graz');
    expect(text).not.toContain('<b>Oslo');
  }
  expect(shown[2]).not.toContain('Oslo <b>');
});

it('keeps all domains in the document', () => {
  expect(parseReport(JSON.parse(JSON.stringify(report))).defects[0]!.domains).toHaveLength(2);
});

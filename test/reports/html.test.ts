import { describe, expect, it } from 'vitest';
import { golden } from '../../fixtures/golden/report.js';
import { clean } from '../../fixtures/golden/clean.js';
import { audit } from '../../fixtures/golden/audit.js';
import { renderHtml } from '../../reports/renderers/html/render.js';

describe('the HTML report', () => {
  it('is the same bytes each time, also when others are drawn between and beside', async () => {
    const first = await renderHtml(golden);
    const [, again] = await Promise.all([renderHtml(clean), renderHtml(golden), renderHtml(audit)]);
    expect(again).toBe(first);
  });

  it.each([
    ['report', golden],
    ['clean', clean],
    ['audit', audit],
  ])('of %s has no id twice and names only ids that exist', async (_, report) => {
    const html = await renderHtml(report);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
    const named = [...html.matchAll(/(?:href="#|url\(#|aria-labelledby=")([^")]+)/g)].map((m) => m[1]);
    expect(ids.length).toBe(new Set(ids).size);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has no style attribute and no handler, which its policy would refuse', async () => {
    const html = await renderHtml(golden);
    expect(html).not.toMatch(/<[^>]* style=/);
    expect(html).not.toMatch(/<[a-z][^>"']* on[a-z]+=/);
  });

  it('stays small: 100 columns and 3,000 flagged rows in the document make less than 1.5 MB', async () => {
    const [column] = golden.columns.slice(6, 7);
    const columns = Array.from({ length: 100 }, (_, i) => ({ ...column!, name: `column ${i}` }));
    const defects = golden.defects.map((d) => ({
      ...d,
      worst: Array.from({ length: 200 }, () => golden.defects[0]!.worst[0]!),
    }));
    const html = await renderHtml({ ...golden, columns, defects });
    expect(html.length).toBeLessThan(1_500_000);
  });

  it('draws the colours of tokens only', async () => {
    const html = (await renderHtml(golden)).replace(/<style>.*?<\/style>/s, '');
    const colors = new Set([...html.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((m) => m[1]));
    expect([...colors].filter((c) => !/^(?:none|transparent|var\(--[a-z0-9-]+\))$/.test(c ?? ''))).toEqual([]);
  });
});

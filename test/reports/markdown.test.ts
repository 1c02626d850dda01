import { describe, expect, it } from 'vitest';
import { audit } from '../../fixtures/golden/audit.js';
import { clean } from '../../fixtures/golden/clean.js';
import { golden } from '../../fixtures/golden/report.js';
import { renderMarkdown } from '../../reports/renderers/markdown.js';

describe('the Markdown report', () => {
  it.each([
    ['report', golden],
    ['clean', clean],
    ['audit', audit],
  ])('of %s is the golden text', async (name, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`../../fixtures/golden/${name}.md`);
  });

  it('keeps every table rectangular whatever the names are', () => {
    const widths = renderMarkdown(golden)
      .split('\n\n')
      .filter((block) => block.startsWith('| '))
      .map((block) => new Set(block.split('\n').map((line) => line.replace(/\\\|/g, '').split('|').length)));
    expect(widths.length).toBeGreaterThan(3);
    expect(widths.every((w) => w.size === 1)).toBe(true);
  });

  it('lets no markup of a name through', () => {
    expect(renderMarkdown(golden)).not.toMatch(/<(?!br>|code>|\/code>|!-- assay-gate -->)/);
  });

  it('makes neither a link nor a mention of a value', () => {
    const text = renderMarkdown({ ...golden, study: { ...golden.study, name: 'https://evil.example @all [x](y)' } });
    expect(text).toContain('https&#58;//evil.example &#64;all \\[x\\](y)');
  });
});

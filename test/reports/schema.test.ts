import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { audit } from '../../fixtures/golden/audit.js';
import { clean } from '../../fixtures/golden/clean.js';
import { golden } from '../../fixtures/golden/report.js';
import { renderJson } from '../../reports/renderers/json.js';
import { parseReport, reportJsonSchema } from '../../reports/schema.js';

const path = new URL('../../reports/schema.json', import.meta.url);

describe('the schema of the report', () => {
  it('is published as it is (ASSAY_UPDATE=1 writes it)', () => {
    if (process.env['ASSAY_UPDATE'] === '1') writeFileSync(path, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(reportJsonSchema());
  });

  it.each([
    ['report', golden],
    ['clean', clean],
    ['audit', audit],
  ])('accepts the golden document %s and keeps all of it', async (name, report) => {
    expect(parseReport(report)).toEqual(report);
    expect(JSON.parse(renderJson(report))).toEqual(report);
    await expect(renderJson(report)).toMatchFileSnapshot(`../../fixtures/golden/${name}.json`);
  });

  it('orders keys by the schema, whatever the order of the input', () => {
    const reversed = Object.fromEntries(Object.entries(golden).reverse());
    expect(renderJson(parseReport(reversed))).toBe(renderJson(golden));
  });

  it('leaves out what it does not know', () => {
    expect(renderJson(Object.assign({}, golden, { host: 'secret' }))).toBe(renderJson(golden));
  });

  it.each([
    ['a number that JSON cannot hold', { ...golden, how: { ...golden.how, seed: Number.NaN } }, 'how.seed'],
    ['another version', { ...golden, assay: '2' }, 'assay'],
    ['an unknown outcome', { ...golden, defects: [{ ...golden.defects[0], outcome: 'fine' }] }, 'defects.0.outcome'],
  ])('refuses %s and says where', (_, input, where) => {
    expect(() => parseReport(input)).toThrow(where);
  });
});

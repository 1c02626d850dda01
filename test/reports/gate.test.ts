import { readFile } from 'node:fs/promises';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { golden } from '../../fixtures/golden/report.js';
import { renderGithub } from '../../reports/renderers/github.js';
import { renderJunit } from '../../reports/renderers/junit.js';

/** Throws an XmlValidateError where the text breaks the schema of JUnit files that Jenkins reads. */
async function validate(xml: string): Promise<void> {
  const file = new URL('../../fixtures/junit/junit-10.xsd', import.meta.url);
  const schema = XmlDocument.fromString(await readFile(file, 'utf8'));
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
  } finally {
    for (const held of [document, validator, schema]) held.dispose();
  }
}

/** How many nodes an XPath names. */
function count(xml: string, path: string): number {
  const document = XmlDocument.fromString(xml);
  const found = document.find(path).length;
  document.dispose();
  return found;
}

describe('the gate as JUnit XML', () => {
  const xml = renderJunit(golden);

  it('has a case a rule, with failures and skips where the policy says so', () => {
    expect(count(xml, '/testsuites/testsuite/testcase')).toBe(golden.gate!.rules.length);
    expect(count(xml, '//testcase/failure')).toBe(2);
    expect(count(xml, '//testcase/skipped')).toBe(1);
    const totals = "@tests='5' and @failures='2' and @errors='0'";
    expect(count(xml, `/testsuites[@name='assay gate week 40 <b>' and ${totals}]`)).toBe(1);
  });

  it('fits the schema of JUnit files, with a gate and without', async () => {
    await validate(xml);
    const { gate: _, ...ungated } = golden;
    await validate(renderJunit(ungated));
    await expect(validate(xml.replaceAll('<testcase name=', '<testcase title='))).rejects.toThrow(XmlValidateError);
  });

  it('lets no markup of a name through', () => {
    expect(xml).not.toMatch(/<script|<img|<b>/);
    const allowed = /<\/?(\?xml|testsuites|testsuite|testcase|failure|skipped|system-out)[ />]/;
    expect(xml.match(/<[^>]*>/g)!.every((tag) => allowed.test(tag))).toBe(true);
    // XML 1.0 holds no control character but these three.
    expect(xml).not.toMatch(/[^\P{Cc}\t\n\r]/u);
  });

  it('is empty without a gate', () => {
    const { gate: _, ...ungated } = golden;
    expect(count(renderJunit(ungated), '//*')).toBe(2);
  });
});

describe('the gate as annotations', () => {
  it('is one command a line: what failed, what warned, what is exempt, and the verdict', () => {
    const lines = renderGithub(golden).trimEnd().split('\n');
    expect(lines.map((line) => /^::(error|warning|notice) title=[^:]+::./.exec(line)?.[1])).toEqual([
      'error',
      'error',
      'warning',
      'notice',
      'notice',
    ]);
    expect(lines.at(-1)).toContain('of 5 rules 2 failed, 1 warned, 1 exempt');
  });
});

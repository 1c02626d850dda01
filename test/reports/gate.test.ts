import { describe, expect, it } from 'vitest';
import { golden } from '../../fixtures/golden/report.js';
import { renderGithub } from '../../reports/renderers/github.js';
import { renderJunit } from '../../reports/renderers/junit.js';

/** Elements of a small XML text with their attributes; throws where they do not close in order. */
function elements(xml: string): readonly string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [, close, name, attributes, empty] of xml.matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`${name} is closed before what is in it`);
    } else {
      found.push(`${name}${attributes}`);
      if (empty !== '/') open.push(name!);
    }
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} is never closed`);
  return found;
}

describe('the gate as JUnit XML', () => {
  const xml = renderJunit(golden);

  it('has a case a rule, with failures and skips where the policy says so', () => {
    const found = elements(xml);
    const count = (name: string): number => found.filter((element) => element.startsWith(`${name} `)).length;
    expect(count('testcase')).toBe(golden.gate!.rules.length);
    expect(count('failure')).toBe(2);
    expect(count('skipped')).toBe(1);
    expect(found[0]).toBe('testsuites name="assay gate week 40 &lt;b&gt;" tests="5" failures="2" errors="0"');
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
    expect(elements(renderJunit(ungated)).length).toBe(2);
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

import type { GateRule } from '../../src/core/gate.js';
import { visible } from '../format.js';
import type { Report } from '../model.js';

/**
 * The gate as JUnit XML: a test case a rule, so that CI servers list them. Failed rules are failures, warned ones pass
 * with the warning as output, exempt ones are skipped. Without a gate, one suite without cases.
 */
export function renderJunit(report: Report): string {
  const rules = report.gate?.rules ?? [];
  const count = (outcome: GateRule['outcome']): number => rules.filter((rule) => rule.outcome === outcome).length;
  const name = `assay gate ${report.gate?.policy ?? ''}`.trim();
  const totals = `name="${xml(name)}" tests="${rules.length}" failures="${count('failed')}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite ${totals} skipped="${count('exempt')}">`,
    ...rules.flatMap((rule) => testCase(rule, report.study.name)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(rule: GateRule, study: string): readonly string[] {
  const open = `    <testcase name="${xml(`${rule.rule} ${rule.bound}`)}" classname="${xml(study)}"`;
  const message = xml(rule.message);
  if (rule.outcome === 'failed') {
    const failure = `      <failure message="${message}" type="${rule.state}">${message}</failure>`;
    return [`${open}>`, failure, '    </testcase>'];
  }
  const inside = rule.outcome === 'exempt' ? `<skipped message="${message}"/>` : `<system-out>${message}</system-out>`;
  return [`${open}>`, `      ${inside}`, '    </testcase>'];
}

/** Text in XML: markup escaped, and what XML 1.0 cannot hold made visible. */
function xml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

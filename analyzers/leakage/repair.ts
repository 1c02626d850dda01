import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';

/**
 * Columns called leaks, dropped together, and those asked about, dropped together. Where the evaluation rows leak as
 * well the measured gain is a loss: it is what the leak would have promised and served nobody.
 */
export function repair(study: Study, { findings }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const leaks = namesOf(study, findings, 'problem');
  const asked = namesOf(study, findings, 'suspect').filter((name) => !leaks.includes(name));
  return Promise.resolve([...dropped(study, 'drop-leaks', leaks), ...dropped(study, 'drop-suspects', asked)]);
}

function namesOf({ whole }: Study, findings: readonly Finding[], severity: Finding['severity']): readonly string[] {
  const called = findings.filter((f) => f.severity === severity).map((f) => argText(f.args['column']));
  return [...new Set(called)].filter((name) => columnNamed(whole, name) !== undefined);
}

function dropped(study: Study, id: string, names: readonly string[]): readonly Repair[] {
  if (names.length === 0) return [];
  const plan = planOf(
    'leakage',
    'leakage.dropped',
    ...names.map((column) => ({ verb: 'drop-column', column }) as const),
  );
  const title = `drop ${names.length === 1 ? names[0]! : `${names.length} columns`} that may know the label`;
  return [{ id, title, plan, units: study.train.rows }];
}

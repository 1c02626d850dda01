import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';

/**
 * The columns that tell nothing, dropped together: a tree never splits on a constant and takes either of two equal
 * columns, so what is measured is only whether their absence can be noticed; they cost bytes and time.
 */
export function repair(study: Study, { findings }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const idle = findings.filter((f) => f.code === 'constants.constant' || f.code === 'constants.repeated');
  const names = [...new Set(idle.map((f) => argText(f.args['column'])))].filter(
    (name) => columnNamed(study.whole, name) !== undefined,
  );
  if (names.length === 0) return Promise.resolve([]);
  const plan = planOf(
    'constants',
    'constants.idle',
    ...names.map((column) => ({ verb: 'drop-column', column }) as const),
  );
  const what = names.length === 1 ? `the column ${names[0]!}` : `${names.length} columns`;
  return Promise.resolve([
    { id: 'drop-idle', title: `drop ${what} that tells nothing new`, plan, units: study.train.rows },
  ]);
}

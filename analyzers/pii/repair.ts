import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Plan } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { hasHashKey } from '../../src/core/hash-key.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';

const forGood = 'personal values were replaced by keyed hashes';

/**
 * The columns dropped, which an undo brings back; or their texts replaced by keyed hashes, which nothing brings back.
 * The key comes from the environment and is no part of the plan; without one, hashing is not offered.
 */
export function repair(study: Study, { personal = [] }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const columns = personal.flatMap(({ column }) => columnNamed(study.whole, column) ?? []).filter(free(study));
  const texts = columns.filter((c) => c.type === 'VARCHAR');
  const units = study.train.rows;
  const repairs: Repair[] = [];
  if (columns.length > 0)
    repairs.push({
      id: 'drop-personal',
      title: `drop ${what(columns)}`,
      plan: planOf('pii', 'pii.dropped', ...columns.map((c) => ({ verb: 'drop-column', column: c.name }) as const)),
      units,
    });
  if (texts.length > 0 && hasHashKey())
    repairs.push({ id: 'hash-personal', title: `replace ${what(texts)} by keyed hashes`, plan: hashed(texts), units });
  return Promise.resolve(repairs);
}

/** Columns with a role are not taken away from a study; they may be hashed by hand. */
function free({ roles }: Study): (column: Column) => boolean {
  const { label, time, user, item, position, group, weight, key } = roles;
  const taken = new Set([label?.column, time, user, item, position, group, weight, ...key].map((column) => column?.id));
  return (column) => !taken.has(column.id);
}

function what(columns: readonly Column[]): string {
  return columns.length === 1
    ? `the personal data of ${columns[0]!.name}`
    : `${columns.length} columns of personal data`;
}

function hashed(columns: readonly Column[]): Plan {
  const plan = planOf(
    'pii',
    'pii.hashed',
    ...columns.map(({ name }) => {
      const to = { keyedHash: expr.col(name) };
      return { verb: 'set-cell', column: name, where: { all: true }, to } as const;
    }),
  );
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, irreversible: forGood })) };
}

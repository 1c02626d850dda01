import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { Comparison } from '../comparison.js';
import type { Portrait, Schema } from './schema.js';
import { version } from '../../core/version.js';
import { columnNamed } from '../../core/relation.js';
import { relationsOf } from '../../dataset/sql/shapes/sides.js';
import { portraits } from './portrait.js';

/** The two sides of a study as two versions of a table: what was seen of the columns both have, and no rules. */
export async function sidesSchemas(
  { roles }: Study,
  { sides, rows }: Comparison,
  run: Run,
): Promise<readonly [Schema, Schema]> {
  const [reference, current] = relationsOf(sides);
  const columns = current.columns.filter(({ name }) => columnNamed(reference, name) !== undefined);
  const before = await portraits(sides, 'reference', columns, rows.reference, run);
  const after = await portraits(sides, 'current', columns, rows.current, run);
  const schema = (seen: readonly Portrait[], n: number): Schema => ({
    version: 1,
    made: { assay: version, rows: n },
    environments: ['training'],
    columns: columns.map(({ id, name, type }, i) => ({
      name,
      type,
      role: roles.time?.id === id ? 'time' : roles.label?.column.id === id ? 'label' : 'feature',
      presence: 0,
      seen: seen[i]!,
    })),
  });
  return [schema(before, rows.reference), schema(after, rows.current)];
}

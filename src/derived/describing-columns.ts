import type { Column } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { distinctValues } from './distinct-values.js';

/** From this share of distinct values on, a column that no model sees names rows rather than describes them. */
const namingShare = 0.9;

/**
 * Columns that say what a row holds, in file order: all but those that name it: key columns, and excluded, user and group
 * columns with nearly as many values as rows. With them no two rows would ever be equal.
 */
export async function describingColumns(study: Study, run: Run): Promise<readonly Column[]> {
  const { train, roles } = study;
  return run.memo(`describing-columns ${train.name}`, async () => {
    const keys = new Set(roles.key.map((column) => column.id));
    // A label, a moment or a weight describes its row, even one that no other row has.
    const describes = new Set([roles.label?.column, roles.time, roles.weight].map((column) => column?.id));
    const suspects = new Set(
      [...roles.excluded.map((e) => e.column), roles.user, roles.group].map((column) => column?.id),
    );
    const asked = train.columns.filter(({ id }) => suspects.has(id) && !keys.has(id) && !describes.has(id));
    if (asked.length > 0 && train.rows > 0) {
      const counts = await distinctValues(train, asked, run);
      asked.forEach((column, i) => {
        if (counts[i]! >= namingShare * train.rows) keys.add(column.id);
      });
    }
    return train.columns.filter((column) => !keys.has(column.id));
  });
}

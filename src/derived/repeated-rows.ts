import type { Column } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { hashedRows, repeatedRows, type RepeatedHash } from '../dataset/sql/shapes/hashed-rows.js';
import { tableName } from '../dataset/sql/table-name.js';
import { describingColumns } from './describing-columns.js';

/** Rows that may repeat another one, as engine tables `(k, whole, features, moment, y)`. */
export interface RepeatedRows {
  /** All columns that describe a row, label and time included. */
  readonly columns: readonly Column[];
  /** Those of them that a model sees, without the time. */
  readonly features: readonly Column[];
  /** Rows whose hash over `columns` another row has; a superset of the equal rows by the rare collision. */
  readonly equal: string;
  /** Rows whose hash over `features` another row has. `moment` is `k` where there is no time, `y` the label as 0, 1 or null. */
  readonly alike: string;
}

/**
 * What equal rows and conflicting rows are looked up in: reading and hashing all columns is most of the work of both, so
 * it is done in one scan for both. Computed once a run.
 */
export async function findRepeatedRows(study: Study, run: Run): Promise<RepeatedRows> {
  const { train, roles } = study;
  const { engine } = run;
  return run.memo(`repeated-rows ${train.name}`, async () => {
    const columns = await describingColumns(study, run);
    const seen = new Set(roles.features.map(({ column }) => column.id));
    const features = columns.filter(({ id }) => seen.has(id) && id !== roles.time?.id);
    const hashes = tableName('row_hashes', train.name);
    const query = hashedRows(train, { columns, features, time: roles.time, label: roles.label }, engine.dialect);
    await engine.write(query, { kind: 'table', name: hashes }, run);
    const keep = async (from: string, by: RepeatedHash): Promise<string> => {
      const name = tableName('repeated', by, train.name);
      await engine.write(repeatedRows(from, by), { kind: 'table', name }, run);
      return name;
    };
    const alike = await keep(hashes, 'features');
    await engine.drop(hashes, run);
    // Rows that are equal have equal features, so only among those need they be sought.
    const equal = await keep(alike, 'whole');
    return { columns, features, equal, alike };
  });
}

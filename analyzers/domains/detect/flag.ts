import type { Flagged } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Dialect } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Domains } from '../../../src/derived/domains.js';
import type { Renamed } from '../../../src/derived/schema/diff/vocabulary.js';
import type { FlaggedRows } from '../../../src/dataset/sql/shapes/flagged-rows.js';
import type { Found } from './findings.js';
import { hasValueSql, rowsWhere } from '../../../src/dataset/sql/shapes/domain-rows.js';
import { flaggedRows } from '../../../src/dataset/sql/shapes/flagged-rows.js';
import { presentSql } from '../../../src/dataset/sql/shapes/missing-mark.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** Cells of a column in one domain; of some values where there are words. */
interface Place {
  readonly column: Column;
  readonly domain: number;
  readonly words?: readonly Renamed[];
}

/** The same with the training rows it is about, all in one scan. */
export async function counted<T extends Place>(
  { train }: Study,
  domains: Domains,
  places: readonly T[],
  run: Run,
): Promise<readonly (T & { readonly rows: number })[]> {
  if (places.length === 0) return [];
  const conditions = places.map((place) => placeSql(place, domains, run.engine.dialect));
  const [row = {}] = await run.engine.rows(rowsWhere(train, conditions), 1, run);
  return places.map((place, i) => ({ ...place, rows: Number(row[`n${i}`]) }));
}

/** Every cell in another unit or spelling. */
export async function flag(
  { train }: Study,
  { domains, units, words }: Pick<Found, 'domains' | 'units' | 'words'>,
  run: Run,
): Promise<Flagged | null> {
  if (units.length + words.length === 0) return null;
  const { dialect } = run.engine;
  const group =
    (code: string) =>
    (place: Place): FlaggedRows => ({
      from: train.name,
      where: placeSql(place, domains, dialect),
      code,
      score: '1',
      column: place.column.name,
      args: { value: dialect.text(domains.known[place.domain]!.value) },
    });
  const groups = [...units.map(group('domains.other-unit')), ...words.map(group('domains.other-words'))];
  const relation = tableName('flagged_domains', train.name);
  const { rows } = await run.engine.write(flaggedRows(groups, dialect), { kind: 'table', name: relation }, run);
  return rows === 0 ? null : { relation, rows };
}

function placeSql({ column, domain, words }: Place, { column: by, known }: Domains, dialect: Dialect): string {
  const inside = hasValueSql(by, known[domain]!.value, dialect);
  if (words === undefined) return `${inside} AND ${presentSql(column)}`;
  const list = words.map(({ from }) => dialect.text(from)).join(', ');
  return `${inside} AND coalesce(${dialect.asText(column.id, column.type)} IN (${list}), false)`;
}

import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { domainCounts, domainSample } from '../dataset/sql/shapes/domain-rows.js';
import { tableName } from '../dataset/sql/table-name.js';

/** One source of rows: a value of the domain column, as text. */
export interface Domain {
  readonly value: string;
  /** Training rows. */
  readonly rows: number;
}

export interface Domains {
  readonly column: Column;
  /** Those that are looked at, the largest first. */
  readonly known: readonly Domain[];
  /** Values of the column, those not looked at included. */
  readonly values: number;
}

/** Each is compared with the others in scans of its own. */
export const mostDomains = 12;
/** With fewer rows nothing of use can be said of a domain. */
export const leastDomainRows = 500;

/** The {@link mostDomains} domains with most training rows, of at least {@link leastDomainRows}; null where no column is named. */
export function domainsOf({ train, roles }: Study, run: Run): Promise<Domains | null> {
  return run.memo(`domains ${train.name}`, async () => {
    const column = roles.domain;
    if (column === null) return null;
    const rows = await run.engine.rows(domainCounts(train, column, mostDomains, run.engine.dialect), mostDomains, run);
    const all = rows.map((row): Domain => ({ value: String(row['value']), rows: Number(row['n']) }));
    return {
      column,
      known: all.filter((domain) => domain.rows >= leastDomainRows),
      values: Number(rows[0]?.['values'] ?? 0),
    };
  });
}

/** Rows of a domain that are looked at: enough for a quantile to a percent, and for an AUC to two digits. */
const sampleRows = 20_000;
/** Cells of the sample in memory, whatever the number of columns. */
const mostCells = 16_000_000;

/**
 * Up to {@link sampleRows} rows of each domain, and as many of all that are not looked at, as a relation of its own: so the
 * largest domain is not all that the others are compared with. Drawn by row key, dropped when the run is closed.
 */
export async function domainRows({ column, known }: Domains, train: Relation, run: Run): Promise<Relation> {
  const { engine } = run;
  const wanted = Math.min(sampleRows, Math.floor(mostCells / train.columns.length / (known.length + 1)));
  const rest = train.rows - known.reduce((sum, { rows }) => sum + rows, 0);
  const keep = known.map(({ value, rows }) => ({ value, share: wanted / rows }));
  const name = tableName('domain_rows', train.name);
  const query = domainSample(train, column, keep, rest > 0 ? wanted / rest : 0, 'domains', engine.dialect);
  const { rows } = await engine.write(query, { kind: 'table', name }, run);
  return { ...train, name, rows, split: false };
}

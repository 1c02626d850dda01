import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TemplateOptions } from './options.js';
import { flaggedCells } from '../../src/dataset/sql/shapes/flagged-cells.js';
import { rowsByColumn } from '../../src/dataset/sql/shapes/rows-by-column.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { wilson } from '../../src/stats/proportion.js';

const code = 'template.impossible';

/** Flags every cell that holds the number: writes them as one table, then counts them by column. */
export async function detect({ train, roles }: Study, run: Run, { impossible }: TemplateOptions): Promise<Evidence> {
  const columns = roles.features.filter((f) => f.kind === 'numeric').map((f) => f.column);
  const groups = columns.map((column) => ({
    mark: { kind: 'value', column, value: impossible } as const,
    code,
    score: 1,
    suggestion: null,
    args: { value: impossible },
    inside: [],
    outside: [],
  }));
  const cells = columns.length * train.rows;
  if (cells === 0) return { measurements: [], findings: [], score: 0, flagged: null };
  const relation = tableName('flagged_template', train.name);
  const query = flaggedCells(train, groups, run.engine.dialect);
  const { rows } = await run.engine.write(query, { kind: 'table', name: relation }, run);
  const counts = await run.engine.rows(rowsByColumn(relation), columns.length, run);
  const findings = counts.map((row): Finding => {
    const args = { column: String(row['column_name']), value: impossible, cells: Number(row['n']) };
    return { code, severity: 'suspect', args };
  });
  const share = rows / cells;
  const measurements = [{ name: 'template.share', value: share, unit: 'share', ...wilson(rows, cells) }] as const;
  return { measurements, findings, score: share, flagged: rows === 0 ? null : { relation, rows } };
}

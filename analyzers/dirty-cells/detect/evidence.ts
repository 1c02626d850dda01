import type { Value } from '../../../src/core/engine.js';
import type { Evidence, Finding, Measurement } from '../../../src/core/evidence.js';
import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { codedCells, flaggedTextCells, frequentChanges } from '../../../src/dataset/sql/shapes/text-levels.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';
import { wilson } from '../../../src/stats/proportion.js';
import { codes } from '../codes.js';

/** Changes shown of a column, and characters shown of a value. */
const mostShown = 3;
const longest = 60;
/** From this share of a column on its dirty cells deserve a look; single typing errors are noted. */
const worthLook = 0.001;

interface Counted {
  readonly column: Column;
  readonly place: number;
  readonly code: string;
  readonly cells: number;
}

/** Shares by column, one finding a column and code, and the flagged cells; `table` is null where there are none. */
export async function evidenceOf(
  relation: Relation,
  columns: readonly Column[],
  table: string | null,
  notes: readonly Finding[],
  run: Run,
): Promise<Evidence> {
  const { engine } = run;
  const counts = table === null ? [] : await counted(columns, table, run);
  const cells = counts.reduce((sum, c) => sum + c.cells, 0);
  const eligible = relation.rows * columns.length;
  const score = eligible === 0 ? 0 : cells / eligible;
  const measurements = [
    { name: 'dirty-cells.share', value: score, unit: 'share' } as const,
    ...byColumn(relation, counts),
  ];
  if (table === null) return { measurements, findings: notes, score, flagged: null };
  const findings: Finding[] = [];
  for (const one of counts) findings.push(await finding(relation, table, one, run));
  const name = tableName('flagged_dirty', relation.name);
  await engine.write(flaggedTextCells(table, columns, engine.dialect), { kind: 'view', name }, run);
  return { measurements, findings: [...findings, ...notes], score, flagged: { relation: name, rows: cells } };
}

/** Most cells first. */
async function counted(columns: readonly Column[], table: string, run: Run): Promise<readonly Counted[]> {
  const rows = await run.engine.rows(codedCells(table), codes.length * columns.length, run);
  return rows
    .map((row) => {
      const place = Number(row['place']);
      return { column: columns[place]!, place, code: String(row['code']), cells: Number(row['n']) };
    })
    .toSorted((a, b) => b.cells - a.cells);
}

function byColumn({ rows }: Relation, counts: readonly Counted[]): readonly Measurement[] {
  const cells = new Map<string, number>();
  for (const { column, cells: n } of counts) cells.set(column.name, (cells.get(column.name) ?? 0) + n);
  return [...cells].map(([column, n]) => {
    const { low, high } = wilson(n, rows);
    return { name: 'dirty-cells.column-share', value: n / rows, unit: 'share', low, high, column };
  });
}

async function finding(relation: Relation, table: string, one: Counted, run: Run): Promise<Finding> {
  const { dialect } = run.engine;
  const changes = await run.engine.rows(frequentChanges(relation, table, one, mostShown, dialect), mostShown, run);
  const examples = changes.map((row) => [shown(row['value']), shown(row['suggestion'])]);
  const share = one.cells / relation.rows;
  const args = { column: one.column.name, cells: one.cells, share, examples };
  return { code: one.code, severity: share >= worthLook ? 'suspect' : 'note', args };
}

function shown(value: Value | undefined): string | null {
  if (typeof value !== 'string') return null;
  return value.length <= longest ? value : `${value.slice(0, longest)}…`;
}

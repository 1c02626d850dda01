import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Literal, Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { PlacedColumn } from '../../src/dataset/sql/shapes/text-levels.js';
import { planOf } from '../../src/core/plan.js';
import { frequentChanges, suggestedValues } from '../../src/dataset/sql/shapes/text-levels.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { dirtyCellsTable, textColumns } from './tables.js';

/** Values of one column that a repair maps, most frequent first. */
const mostValues = 2_000;

/** Map typing errors to the value meant, numbers with a unit to the number, and outvoted cells to the majority. */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const repairs = [
    await correcting(study, evidence, { id: 'follow-dependencies', code: 'dirty-cells.dependency', list: true }, run),
    await correcting(study, evidence, { id: 'nearest-value', code: 'dirty-cells.typo', list: false }, run),
    await correcting(study, evidence, { id: 'strip-units', code: 'dirty-cells.unit', list: false }, run),
  ];
  return repairs.flatMap((r) => r ?? []);
}

interface Kind {
  readonly id: 'follow-dependencies' | 'nearest-value' | 'strip-units';
  readonly code: string;
  /** Cells by key: the value depends on the row. Otherwise a lookup, which serving repeats. */
  readonly list: boolean;
}

const titles = {
  'follow-dependencies': 'set outvoted cells to what the other columns say',
  'nearest-value': 'set typing errors to the value meant',
  'strip-units': 'take the unit off numbers',
} as const;

async function correcting(study: Study, { findings }: Evidence, kind: Kind, run: Run): Promise<Repair | null> {
  const texts = textColumns(study.roles);
  const verbs: Verb[] = [];
  let units = 0;
  for (const { args } of findings.filter((f: Finding) => f.code === kind.code)) {
    const place = texts.findIndex(({ name }) => name === args['column']);
    const column = texts[place];
    if (column === undefined) continue;
    const verb = kind.list
      ? await listed(study, { column, place }, kind.code, run)
      : await mapped(study, { column, place }, kind.code, run);
    if (verb === null) continue;
    verbs.push(verb);
    units += Number(args['cells']);
  }
  if (verbs.length === 0) return null;
  const title = `${titles[kind.id]} (${units} cells)`;
  return { id: kind.id, title, plan: planOf('dirty-cells', kind.code, ...verbs), units };
}

async function listed(
  { train, whole }: Study,
  { column, place }: PlacedColumn,
  code: string,
  run: Run,
): Promise<Verb | null> {
  const list = tableName('dirty_list', train.name, column.id);
  const query = suggestedValues(dirtyCellsTable(train), place, code, run.engine.dialect);
  const { rows } = await run.engine.write(query, { kind: 'table', name: list }, run);
  return rows === 0 ? null : { verb: 'set-cell', column: column.name, list: { list, of: whole.hash, type: 'VARCHAR' } };
}

async function mapped({ train }: Study, { column, place }: PlacedColumn, code: string, run: Run): Promise<Verb | null> {
  const query = frequentChanges(train, dirtyCellsTable(train), { column, place, code }, mostValues, run.engine.dialect);
  const changes = await run.engine.rows(query, mostValues, run);
  const lookup = changes
    .filter((row) => row['suggestion'] !== null)
    .map((row) => [text(String(row['value'])), text(String(row['suggestion']))] as const);
  return lookup.length === 0 ? null : { verb: 'map-column', column: column.name, lookup, other: 'keep' };
}

function text(value: string): Literal {
  return { type: 'VARCHAR', text: value };
}

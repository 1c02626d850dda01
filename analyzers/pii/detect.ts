import type { Evidence, Finding, Flagged, PersonalColumn } from '../../src/core/evidence.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { PersonalCells } from '../../src/dataset/sql/shapes/personal-cells.js';
import type { PiiOptions } from './options.js';
import { personalKinds, personalNames, shapeOf, wordsOfName } from '../../src/core/personal-kinds.js';
import { longestCells, personalCells, personalCounts } from '../../src/dataset/sql/shapes/personal-cells.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';
import { distinctValues } from '../../src/derived/distinct-values.js';
import { wilson } from '../../src/stats/proportion.js';

/** A kind of personal data that a column holds. */
interface Held extends PersonalCells {
  readonly cells: number;
  readonly example: string;
}

/** Columns of one query: a bound on its text, whatever the width of the table. */
const columnsAtOnce = 50;
/** Of numbers drawn at random, one in ten passes the check digit. */
const byChance = 0.1;

/** Columns that hold personal data, by what their cells look like, or by what they are called. */
export async function detect(study: Study, run: Run, options: PiiOptions): Promise<Evidence> {
  const { train } = study;
  const looked = train.columns.filter(({ type }) => typeKind(type) === 'text' || typeKind(type) === 'integer');
  const held = train.rows === 0 ? [] : await heldKinds(study, looked, run);
  const named = await namedColumns(
    study,
    looked.filter((c) => !held.some((h) => h.column.id === c.id)),
    run,
    options,
  );
  const cells = held.reduce((sum, h) => sum + h.cells, 0);
  const columns = [...new Set(held.map((h) => h.column))];
  return {
    measurements: [
      { name: 'pii.columns', value: columns.length + named.length, unit: 'count' },
      ...columns.map((column) => ({ ...cellsOf(held, column), name: 'pii.cells', unit: 'count' as const })),
    ],
    findings: [...held.map(finding), ...named.map(namedFinding)],
    score: looked.length === 0 ? 0 : Math.min(1, cells / Math.max(1, looked.length * train.rows)),
    flagged: held.length === 0 ? null : await flag(study, held, run),
    personal: [
      ...columns.map((column) => personal(held, column)),
      ...named.map((c) => ({ column: c.name, kinds: [] })),
    ],
  };
}

async function heldKinds({ train }: Study, looked: readonly Column[], run: Run): Promise<readonly Held[]> {
  const found: Held[] = [];
  for (let from = 0; from < looked.length; from += columnsAtOnce) {
    const some = looked.slice(from, from + columnsAtOnce).filter(hasRoom);
    const asked = await kindsToLookFor(train, some, run);
    if (asked.length === 0) continue;
    const [row = {}] = await run.engine.rows(personalCounts(train, asked, run.engine.dialect), 1, run);
    asked.forEach((ask, i) => {
      const [shaped, cells] = [Number(row[`s${i}`]), Number(row[`n${i}`])];
      if (ask.kind.luhn !== undefined && !checked(cells, shaped)) return;
      if (cells > 0) found.push({ ...ask, cells, example: shapeOf(String(row[`e${i}`])) });
    });
  }
  return found.toSorted((a, b) => b.cells - a.cells || place(train.columns, a) - place(train.columns, b));
}

function place(columns: readonly Column[], { column, kind }: Held): number {
  return columns.findIndex((c) => c.id === column.id) * personalKinds.length + personalKinds.indexOf(kind);
}

/** Small whole numbers have no room for the digits of a card. */
function hasRoom({ type }: Column): boolean {
  return !/^U?(TINYINT|SMALLINT|INTEGER)$/.test(type);
}

/** Kinds that the longest cell of a column can hold. Whole numbers have no punctuation, so only card numbers are told from them. */
async function kindsToLookFor(
  train: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly PersonalCells[]> {
  if (columns.length === 0) return [];
  const [longest = {}] = await run.engine.rows(longestCells(train, columns, run.engine.dialect), 1, run);
  return columns.flatMap((column, i) => {
    const all = typeKind(column.type) === 'text';
    const kinds = personalKinds.filter((kind) => all || kind.luhn !== undefined);
    return kinds.filter(({ least }) => least <= Number(longest[`l${i}`])).map((kind) => ({ column, kind }));
  });
}

/** Half of the numbers of that shape pass the check, and more than would by chance. */
function checked(passing: number, shaped: number): boolean {
  return passing >= shaped / 2 && wilson(passing, shaped).low > byChance;
}

/** Columns whose name says it, and whose values are too many for a list of categories. */
async function namedColumns(
  { train }: Study,
  looked: readonly Column[],
  run: Run,
  { values }: PiiOptions,
): Promise<readonly Column[]> {
  const named = looked.filter(({ name }) => personalNames.test(wordsOfName(name)));
  if (named.length === 0) return [];
  const counts = await distinctValues(train, named, run);
  return named.filter((_, i) => counts[i]! > values);
}

function cellsOf(held: readonly Held[], column: Column): { column: string; value: number } {
  const own = held.filter((h) => h.column === column);
  return { column: column.name, value: own.reduce((sum, h) => sum + h.cells, 0) };
}

function personal(held: readonly Held[], column: Column): PersonalColumn {
  return { column: column.name, kinds: held.filter((h) => h.column === column).map((h) => h.kind.name) };
}

function finding({ column, kind, cells, example }: Held): Finding {
  return { code: `pii.${kind.name}`, severity: 'suspect', args: { column: column.name, cells, example } };
}

function namedFinding({ name }: Column): Finding {
  return { code: 'pii.named', severity: 'suspect', args: { column: name } };
}

async function flag({ train }: Study, held: readonly Held[], run: Run): Promise<Flagged> {
  const relation = tableName('pii_flagged', train.name);
  const query = personalCells(train, held, run.engine.dialect);
  const { rows } = await run.engine.write(query, { kind: 'table', name: relation }, run);
  return { relation, rows };
}

import type { Evidence, Finding, Flagged } from '../../src/core/evidence.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { FlaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import type { EmbeddingsOptions } from './options.js';
import { flaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { vectorCells, vectorLengths } from '../../src/dataset/sql/shapes/vector-cells.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { isVector } from '../../src/dataset/sql/type-kinds.js';
import { wilson } from '../../src/stats/proportion.js';
import { round12 } from '../../src/stats/round12.js';
import { normBounds } from './detect/norms.js';
import { sharedVectors } from './detect/shared.js';

/** Columns of vectors looked at, the first in file order: each is read once. */
const mostColumns = 50;
/** Lists of which fewer than this share have the most frequent length are no vectors. */
const ofOneLength = 0.5;

/** What was found in one column. */
interface Looked {
  readonly column: Column;
  readonly vectors: number;
  /** Counted so far under each code, in the order in which a cell is flagged once. */
  readonly groups: readonly { readonly flag: FlaggedRows; readonly finding: (cells: number) => Finding }[];
  readonly notes: readonly Finding[];
}

/** Looks at the length, the elements, the norm and the holders of every vector. */
export async function detect(study: Study, run: Run, options: EmbeddingsOptions): Promise<Evidence> {
  const columns = study.train.columns.filter(({ type }) => isVector(type));
  const looked: Looked[] = [];
  for (const column of columns.slice(0, mostColumns)) looked.push(await look(study, column, options, run));
  const groups = looked.flatMap((one) => one.groups.map((group) => ({ ...group, column: one.column })));
  const flagged = await flag(study, groups, run);
  const vectors = looked.reduce((sum, one) => sum + one.vectors, 0);
  const counts = flagged === null ? new Map<string, number>() : await countsOf(flagged, run);
  const cellsOf = (column: Column, code: string): number => counts.get(`${code} ${column.name}`) ?? 0;
  const findings = groups.flatMap(({ column, flag: { code }, finding }) => {
    const cells = cellsOf(column, code);
    return cells === 0 ? [] : [finding(cells)];
  });
  const rows = flagged?.rows ?? 0;
  const share = vectors === 0 ? 0 : rows / vectors;
  return {
    measurements: [
      { name: 'embeddings.share', value: share, unit: 'share', ...wilson(rows, vectors) },
      ...looked.flatMap(({ column, groups: own }) => {
        const value = own.reduce((sum, { flag: { code } }) => sum + cellsOf(column, code), 0);
        return value === 0 ? [] : [{ name: 'embeddings.cells', value, unit: 'count', column: column.name } as const];
      }),
    ],
    findings: [...findings, ...looked.flatMap(({ notes }) => notes), ...leftOut(columns.length - mostColumns)],
    score: share,
    flagged: rows === 0 ? null : flagged,
  };
}

function leftOut(columns: number): readonly Finding[] {
  if (columns <= 0) return [];
  return [{ code: 'embeddings.not-looked-at', severity: 'note', args: { columns, first: mostColumns } }];
}

async function look(study: Study, column: Column, options: EmbeddingsOptions, run: Run): Promise<Looked> {
  const { engine } = run;
  const { item, group, user } = study.roles;
  const entities = [item, group, user].filter((entity) => entity !== null);
  const cells = tableName('vector_cells', study.train.name, column.id);
  await engine.write(vectorCells(study.train, column, entities, engine.dialect), { kind: 'table', name: cells }, run);
  const lengths = await engine.rows(vectorLengths(cells), 1_000_000, run);
  const vectors = lengths.reduce((sum, row) => sum + Number(row['n']), 0);
  const [length, most] = [Number(lengths[0]?.['d'] ?? 0), Number(lengths[0]?.['n'] ?? 0)];
  if (vectors === 0) return { column, vectors, groups: [], notes: [] };
  if (most < ofOneLength * vectors) {
    const args = { column: column.name, length, share: round12(most / vectors) };
    return { column, vectors, groups: [], notes: [{ code: 'embeddings.no-length', severity: 'note', args }] };
  }
  const right = `d = ${length}`;
  const bounds = await normBounds(cells, length, options.z, run);
  const far = bounds === null ? 'false' : `(norm < ${bounds.low} OR norm > ${bounds.high})`;
  const shared = await sharedVectors(study, cells, length, entities, options.shared, run);
  const named = { column: column.name };
  const flag = { from: cells, score: '1', column: column.name };
  return {
    column,
    vectors,
    notes: [],
    groups: [
      {
        flag: { ...flag, code: 'embeddings.length', where: `NOT ${right}`, args: { length: 'd' } },
        finding: (count) => ({
          code: 'embeddings.length',
          severity: 'problem',
          args: { ...named, cells: count, length },
        }),
      },
      {
        flag: { ...flag, code: 'embeddings.broken', where: `${right} AND bad > 0`, args: { elements: 'bad' } },
        finding: (count) => ({ code: 'embeddings.broken', severity: 'problem', args: { ...named, cells: count } }),
      },
      {
        flag: { ...flag, code: 'embeddings.zero', where: `${right} AND norm = 0` },
        finding: (count) => ({ code: 'embeddings.zero', severity: 'suspect', args: { ...named, cells: count } }),
      },
      ...(bounds === null
        ? []
        : [
            {
              flag: {
                ...flag,
                code: 'embeddings.norm',
                where: `${right} AND norm > 0 AND ${far}`,
                score: '0.8',
                args: { norm: 'round(norm, 6)' },
              },
              finding: (count: number): Finding => ({
                code: 'embeddings.norm',
                severity: 'suspect',
                args: { ...named, cells: count, ...bounds },
              }),
            },
          ]),
      ...(shared === null
        ? []
        : [
            {
              flag: {
                ...flag,
                from: shared.cells,
                code: 'embeddings.repeats',
                where: `NOT ${far}`,
                score: '0.6',
                args: { holders: 'm' },
              },
              finding: (count: number): Finding => ({
                code: 'embeddings.repeats',
                severity: 'suspect',
                args: { ...named, cells: count, vectors: shared.vectors, entity: shared.entity?.name ?? null },
              }),
            },
          ]),
    ],
  };
}

async function flag(
  { train }: Study,
  groups: readonly { readonly flag: FlaggedRows }[],
  run: Run,
): Promise<Flagged | null> {
  if (groups.length === 0) return null;
  const relation = tableName('flagged_embeddings', train.name);
  const query = flaggedRows(
    groups.map((group) => group.flag),
    run.engine.dialect,
  );
  const { rows } = await run.engine.write(query, { kind: 'table', name: relation }, run);
  return { relation, rows };
}

/** Flagged cells by code and column. */
async function countsOf({ relation }: Flagged, run: Run): Promise<ReadonlyMap<string, number>> {
  const sql = `SELECT code, column_name, count(*) AS n FROM ${relation} GROUP BY code, column_name`;
  const rows = await run.engine.rows({ sql }, 10 * mostColumns, run);
  return new Map(rows.map((row) => [`${String(row['code'])} ${String(row['column_name'])}`, Number(row['n'])]));
}

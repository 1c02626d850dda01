import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { MarkedLevel } from './detect/level.js';
import type { DirtyCellsOptions } from './options.js';
import { cellsOnce } from '../../src/dataset/sql/shapes/text-levels.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';
import { codes } from './codes.js';
import { codedSample } from './detect/coded-sample.js';
import { dependencies } from './detect/dependencies.js';
import { evidenceOf } from './detect/evidence.js';
import { levelsOf } from './detect/levels.js';
import { markCells } from './detect/marks.js';
import { oddShapes } from './detect/shapes.js';
import { typos } from './detect/typos.js';
import { mixedUnits } from './detect/units.js';
import { vote } from './detect/vote.js';
import { dirtyCellsTable, textColumns } from './tables.js';

/** Columns looked at value by value, in file order. */
const mostTexts = 500;
/** Columns tried as either side of a dependency, in file order: pairs grow with the square. */
const mostPaired = 40;

/** Finds cells of text columns that are spelled, written or combined unlike the others. */
export async function detect(study: Study, run: Run, options: DirtyCellsOptions): Promise<Evidence> {
  const { train } = study;
  const all = textColumns(study.roles);
  const columns = all.slice(0, mostTexts);
  const marks: MarkedLevel[] = [];
  const left: Column[] = all.slice(mostTexts);
  for (const column of columns) {
    const levels = await levelsOf(train, column, run);
    if (levels === null) left.push(column);
    else marks.push(...typos(levels, options.typoRatio), ...mixedUnits(levels), ...oddShapes(levels, options.oddShape));
  }
  const parts = [...(await voted(study, columns, options, run)), ...(await markCells(train, columns, marks, run))];
  const table = await once(train, parts, run);
  return evidenceOf(train, columns, table, unlooked(left), run);
}

/** Tables of the cells that the dependencies between columns contradict. */
async function voted(
  { train, roles }: Study,
  texts: readonly Column[],
  { dependencyError }: DirtyCellsOptions,
  run: Run,
): Promise<readonly string[]> {
  const votable = new Set(texts.map(({ id }) => id));
  const names = new Set([roles.user?.id, roles.group?.id, roles.position?.id]);
  const pairable = roles.features
    .map((f) => f.column)
    .filter(({ id, type }) => votable.has(id) || (typeKind(type) === 'integer' && !names.has(id)));
  if (train.rows < 2 || pairable.length < 2 || votable.size === 0) return [];
  const sample = await codedSample(train, pairable.slice(0, mostPaired), run);
  return vote(train, texts, dependencies(sample, votable, dependencyError), run);
}

/** One table with one row a cell, null where there is no dirty cell. */
async function once(train: Relation, parts: readonly string[], run: Run): Promise<string | null> {
  if (parts.length === 0) return null;
  const { engine } = run;
  const table = dirtyCellsTable(train);
  const { rows } = await engine.write(cellsOnce(parts, codes, engine.dialect), { kind: 'table', name: table }, run);
  for (const part of parts) await engine.drop(part, run);
  return rows === 0 ? null : table;
}

function unlooked(left: readonly Column[]): readonly Finding[] {
  if (left.length === 0) return [];
  const columns = left.slice(0, 20).map(({ name }) => name);
  return [{ code: 'dirty-cells.not-looked-at', severity: 'note', args: { columns, count: left.length } }];
}

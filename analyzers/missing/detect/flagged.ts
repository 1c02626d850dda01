import type { Flagged } from '../../../src/core/evidence.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Block } from '../../../src/dataset/sql/shapes/block.js';
import type { FlaggedCells } from '../../../src/dataset/sql/shapes/flagged-cells.js';
import type { Mark } from '../../../src/dataset/sql/shapes/missing-mark.js';
import type { CountedMark } from './counted-mark.js';
import type { Found } from './found.js';
import { flaggedCells } from '../../../src/dataset/sql/shapes/flagged-cells.js';
import { stacked } from '../../../src/dataset/sql/shapes/conflict-rows.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';
import { heldBy } from './counted-mark.js';

/** Every flagged cell once: those inside an outage under that code, the rest of a mark's cells under its own. */
export async function flagCells(relation: Relation, found: Found, run: Run): Promise<Flagged | null> {
  const groups = [...outageGroups(found), ...markGroups(found)];
  const rows = cellsFlagged(found);
  if (rows === 0) return null;
  const name = tableName('flagged_missing', relation.name);
  const { engine } = run;
  if (groups.length <= mostParts) {
    const kind = rows <= mostHeld ? 'table' : 'view';
    await engine.write(flaggedCells(relation, groups, engine.dialect), { kind, name }, run);
    return { relation: name, rows };
  }
  const tables: string[] = [];
  for (let from = 0; from < groups.length; from += mostParts) {
    const table = tableName('flagged_missing', relation.name, String(from));
    const query = flaggedCells(relation, groups.slice(from, from + mostParts), engine.dialect);
    await engine.write(query, { kind: 'table', name: table }, run);
    tables.push(table);
  }
  await engine.write(stacked(tables), { kind: 'view', name }, run);
  return { relation: name, rows };
}

/** Cells that are written down once; a file may have many millions of null cells, and each is then looked up again. */
const mostHeld = 1_000_000;

/** A query has a scan for each group; the groups of a wide table are written some at a time. */
const mostParts = 100;

/** Cells flagged in all: every cell of a mark, and the zeros inside outages. */
export function cellsFlagged(found: Found): number {
  const marked = found.marks.reduce((sum, m) => sum + m.cells, 0);
  const own = new Set(found.marks.map((m) => m.mark));
  return found.outages.reduce((sum, { mark, hot }) => sum + (own.has(mark) ? 0 : hot.marked), marked);
}

function outageGroups(found: Found): readonly FlaggedCells[] {
  const byMark = new Map<Mark, Block[]>();
  for (const { mark } of found.outages) byMark.set(mark, blocksOf(mark, found));
  return [...byMark].map(([mark, inside]) => {
    const args = { value: heldBy(mark) };
    return {
      mark,
      code: 'missing.outage',
      score: 1,
      suggestion: mark.kind === 'null' ? null : 'null',
      args,
      inside,
      outside: [],
    };
  });
}

function markGroups(found: Found): readonly FlaggedCells[] {
  return found.marks.map((counted) => {
    const { mark } = counted;
    return { mark, ...said(counted, found), inside: [], outside: blocksOf(mark, found) };
  });
}

function said(counted: CountedMark, found: Found): Pick<FlaggedCells, 'code' | 'score' | 'suggestion' | 'args'> {
  const value = heldBy(counted.mark);
  const rules = found.rules.get(counted);
  if (rules !== undefined) {
    const rule = rules.map(({ column, value: level }) => ({ column: column.name, value: level }));
    return { code: 'missing.structural', score: 0.2, suggestion: null, args: { value, rule } };
  }
  if (counted.mark.kind === 'null') return { code: 'missing.null', score: 0.5, suggestion: null, args: {} };
  return { code: 'missing.disguised', score: 0.8, suggestion: 'null', args: { value } };
}

function blocksOf(mark: Mark, { outages, time }: Found): Block[] {
  if (time === null) return [];
  return outages
    .filter((outage) => outage.mark === mark)
    .map(({ slice, seconds, hot }) => ({ time, from: hot.from * seconds, to: hot.to * seconds, slice }));
}

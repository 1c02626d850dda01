import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CountedMark } from './counted-mark.js';
import { commonValues, valueCounts } from '../../../src/dataset/sql/shapes/one-column-rule.js';

/** A column and a value that hold in exactly the rows where a mark does. */
export interface Rule {
  readonly column: Column;
  readonly value: string;
}

/** With fewer cells a rule would often be found by chance. */
const minCells = 5;
/** Marks looked at, the rarest first, and columns in which a rule is looked for, in file order: each mark costs two scans. */
const maxMarks = 60;
export const mostRuled = 300;
/** Marks times columns: in a wide table fewer marks are explained. */
const maxPairs = 6_000;

/** For each mark the one-column rules that name its rows exactly; marks without one are absent. */
export async function structuralRules(
  relation: Relation,
  marks: readonly CountedMark[],
  columns: readonly Column[],
  run: Run,
): Promise<ReadonlyMap<CountedMark, readonly Rule[]>> {
  const rules = new Map<CountedMark, readonly Rule[]>();
  const eligible = marks.filter(({ cells }) => cells >= minCells && cells < relation.rows);
  const asked = columns.slice(0, mostRuled);
  const most = Math.min(maxMarks, Math.floor(maxPairs / Math.max(1, asked.length)));
  for (const counted of eligible.toSorted((a, b) => a.cells - b.cells).slice(0, most)) {
    const found = await rulesOf(relation, counted, asked, run);
    if (found.length > 0) rules.set(counted, found);
  }
  return rules;
}

async function rulesOf(
  relation: Relation,
  counted: CountedMark,
  columns: readonly Column[],
  run: Run,
): Promise<readonly Rule[]> {
  const { engine } = run;
  const others = columns.filter((column) => column.id !== counted.mark.column.id);
  if (others.length === 0) return [];
  const [common = {}] = await engine.rows(commonValues(relation, counted.mark, others, engine.dialect), 1, run);
  const agreed = others.flatMap((column, i) => {
    const value = common[`v${i}`];
    return typeof value === 'string' ? [{ column, value }] : [];
  });
  if (agreed.length === 0) return [];
  const [counts = {}] = await engine.rows(valueCounts(relation, agreed, engine.dialect), 1, run);
  return agreed.filter((_, i) => Number(counts[`n${i}`]) === counted.cells);
}

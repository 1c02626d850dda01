import type { Finding } from '../../../src/core/evidence.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Pair } from '../../../src/dataset/sql/shapes/column-agreement.js';
import type { SampledColumn } from './sample.js';
import { unlikeCells, valueMapping } from '../../../src/dataset/sql/shapes/column-agreement.js';

/**
 * Columns that repeat an earlier one: cell by cell, or value by value under other names. Columns that agree in a sample
 * are grouped by what they hold there, so that no pair is tried in vain, and every group is checked on all rows.
 */
export async function repeated(
  relation: Relation,
  sample: readonly SampledColumn[],
  run: Run,
): Promise<readonly Finding[]> {
  const equal = await equalColumns(relation, grouped(sample, cellsOf), run);
  const taken = new Set(equal.map((f) => f.args['column']));
  const others = sample.filter(({ column }) => !taken.has(column.name));
  return [...equal, ...(await renamedColumns(relation, grouped(others, levelsOf), run))];
}

async function equalColumns(relation: Relation, pairs: readonly Pair[], run: Run): Promise<readonly Finding[]> {
  if (pairs.length === 0) return [];
  const [row = {}] = await run.engine.rows(unlikeCells(relation, pairs), 1, run);
  return pairs.flatMap(({ first, second }, i): Finding[] =>
    Number(row[`different${i}`]) > 0
      ? []
      : [{ code: 'constants.repeated', severity: 'suspect', args: { column: second.name, other: first.name } }],
  );
}

async function renamedColumns(relation: Relation, pairs: readonly Pair[], run: Run): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const pair of pairs) {
    const [row = {}] = await run.engine.rows(valueMapping(relation, pair), 1, run);
    const both = Number(row['both']);
    if (both !== Number(row['of_first']) || both !== Number(row['of_second'])) continue;
    const args = { column: pair.second.name, other: pair.first.name, values: both };
    findings.push({ code: 'constants.renamed', severity: 'note', args });
  }
  return findings;
}

/** Each column after the first of those with one signature, paired with that first one. */
function grouped(
  sample: readonly SampledColumn[],
  signature: (column: SampledColumn) => string | null,
): readonly Pair[] {
  const firsts = new Map<string, SampledColumn>();
  return sample.flatMap((held): Pair[] => {
    const key = signature(held);
    if (key === null) return [];
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, held);
    return first === undefined ? [] : [{ first: first.column, second: held.column }];
  });
}

function cellsOf({ cells }: SampledColumn): string {
  return JSON.stringify(cells);
}

/** Which earlier row of the sample first held each row's value: equal where values name each other; null where few repeat. */
function levelsOf({ cells }: SampledColumn): string | null {
  const seen = new Map<string | null, number>();
  const levels = cells.map((cell) => {
    const level = seen.get(cell) ?? seen.size;
    seen.set(cell, level);
    return level;
  });
  return seen.size < 2 || seen.size > cells.length / 2 ? null : levels.join(' ');
}

import type { Column, Relation } from '../../core/relation.js';
import type { Label } from '../../core/study.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { valueCounts } from '../sql/shapes/role-facts.js';
import { kindOf } from './column-kind.js';
import { findColumn } from './find-column.js';
import { labelNames, plainName } from './known-names.js';

export interface LabelRole {
  readonly label: Label;
  readonly reason: string;
}

interface Count {
  readonly value: string | null;
  readonly n: number;
}

/** Values an error shows, and one more to know that there are others. */
const shown = 13;

/** The label as the user names it, else the one column that is named like a label and has two values; else null. */
export async function labelRole(
  relation: Relation,
  given: {
    readonly label?: string | undefined;
    readonly positive?: string | undefined;
    readonly not: ReadonlySet<string>;
  },
  run: Run,
): Promise<LabelRole | null> {
  if (given.label !== undefined) {
    const column = findColumn(relation, given.label, 'label');
    const counts = await labelCounts(relation, column, run);
    return withPositive(column, counts, given.positive, 'given');
  }
  for (const names of labelNames) {
    const found: { column: Column; counts: Count[] }[] = [];
    for (const column of relation.columns) {
      if (given.not.has(column.id) || !names.includes(plainName(column.name))) continue;
      const counts = await readCounts(relation, column, run);
      if (counts.length === 2 && counts.every((c) => c.value !== null)) found.push({ column, counts });
    }
    if (found.length > 1)
      throw new AssayError('role-ambiguous', { role: 'label', candidates: found.map((f) => f.column.name) });
    const only = found[0];
    if (only !== undefined)
      return withPositive(only.column, only.counts, given.positive, 'named like a label, with exactly two values');
  }
  return null;
}

/** Values of a label column with their counts; anything but two values and no null is an error. */
async function labelCounts(relation: Relation, column: Column, run: Run): Promise<Count[]> {
  const counts = await readCounts(relation, column, run);
  const values = counts.flatMap((c) => (c.value === null ? [] : [c.value]));
  if (values.length > 2 || values.length < counts.length)
    throw new AssayError('label-not-binary', { column: column.name, values });
  if (values.length === 1) throw new AssayError('label-one-class', { column: column.name, value: values[0]! });
  return counts;
}

async function readCounts(relation: Relation, column: Column, run: Run): Promise<Count[]> {
  const rows = await run.engine.rows(valueCounts(relation, column, shown), shown, run);
  return rows.map((r) => ({ value: r['value'] === null ? null : String(r['value']), n: Number(r['n']) }));
}

function withPositive(column: Column, counts: readonly Count[], given: string | undefined, why: string): LabelRole {
  const [rare, common] = counts.map((c) => c.value!) as [string, string];
  const label = (positive: string): Label => ({ column, positive, negative: positive === rare ? common : rare });
  if (given !== undefined) {
    const positive = [rare, common].find((value) => isSame(value, given, column));
    if (positive === undefined)
      throw new AssayError('positive-unknown', { column: column.name, value: given, values: [rare, common] });
    return { label: label(positive), reason: `${why}; the positive value is given` };
  }
  const [positive, because] = guessPositive(rare, common);
  return {
    label: label(positive),
    reason: `${why}; ${JSON.stringify(positive)} counts as positive because ${because}`,
  };
}

/** Equal as texts, or as numbers in a column of numbers. */
function isSame(value: string, given: string, column: Column): boolean {
  if (value === given) return true;
  if (column.type === 'BOOLEAN')
    return value === (/^(1|true)$/i.test(given) ? 'true' : /^(0|false)$/i.test(given) ? 'false' : '');
  return kindOf(column.type) === 'number' && given.trim() !== '' && Number(value) === Number(given);
}

const yes = /^(1|1\.0|true|t|yes|y|click|clicked|positive|pos|churn|churned|converted|purchased|fraud|bad)$/i;
const no = /^(0|0\.0|-1|-1\.0|false|f|no|n|none|negative|neg|good)$/i;

function guessPositive(rare: string, common: string): readonly [value: string, because: string] {
  if (yes.test(rare) !== yes.test(common)) return [yes.test(rare) ? rare : common, 'it reads as yes'];
  if (no.test(rare) !== no.test(common)) return [no.test(rare) ? common : rare, 'the other value reads as no'];
  return [rare, 'it is the rarer value'];
}

import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { LeakageOptions } from '../options.js';
import { classNulls } from '../../../src/derived/class-nulls.js';
import { pureTails } from '../../../src/dataset/sql/shapes/pure-tails.js';
import { round12 } from '../../../src/stats/round12.js';
import { withRows } from './sampled.js';

/** A tail is pure from this share of positives on, and a tail from so many rows on. */
const purity = 0.9;
const tailRows = 20;
/** Where more of all rows are positive, a pure tail says little. */
const mostPositive = 0.3;
/** Nulls stand in one class where they should hold so many rows of the other one and hold at most this share of them. */
const oneClass = { expected: 20, most: 0.1 };
/** A column that ranks this well may isolate positives honestly. */
const weak = 0.75;

/**
 * Columns whose nulls tell the label: the AUC of a yes or no is half the difference of its shares above .5; and columns a
 * few cells of which are null, in rows of one class only.
 */
export async function tellingNulls(study: Study, { nullAuc }: LeakageOptions, run: Run): Promise<readonly Finding[]> {
  const { label, features } = study.roles;
  if (label === null) return [];
  const columns = features.map((f) => f.column);
  const { positives: p, negatives: n, columns: counted } = await classNulls(study.train.name, columns, label, run);
  if (p === 0 || n === 0) return [];
  return columns.flatMap(({ name }, i): Finding[] => {
    const nulls = { p: counted[i]!.positives, n: counted[i]!.negatives };
    const value = round12(0.5 + Math.abs(nulls.p / p - nulls.n / n) / 2);
    if (value > nullAuc)
      return [{ code: 'leakage.null-tells-label', severity: 'problem', args: { column: name, value } }];
    const cells = nulls.p + nulls.n;
    const sides = [
      { held: nulls.p, due: (cells * p) / (p + n) },
      { held: nulls.n, due: (cells * n) / (p + n) },
    ];
    const pure = sides.find(({ held, due }) => due >= oneClass.expected && held <= oneClass.most * due);
    if (pure === undefined) return [];
    const args = { column: name, value, cells, other: pure.held, expected: Math.round(pure.due) };
    return [{ code: 'leakage.null-in-one-class', severity: 'suspect', args }];
  });
}

/** Weak columns one end of which isolates positives, as a label that was copied into some rows does. */
export async function pureTail(
  study: Study,
  columns: readonly Column[],
  aucs: ReadonlyMap<string, number>,
  { tailRecall }: LeakageOptions,
  run: Run,
): Promise<readonly Finding[]> {
  const { label } = study.roles;
  const asked = columns.filter(({ name }) => (aucs.get(name) ?? 1) < weak);
  if (label === null || asked.length === 0) return [];
  return withRows(study, [label.column, ...asked], run, async (table, rate) => {
    if (rate > mostPositive) return [];
    const rows = await run.engine.rows(pureTails(table, asked, label, purity, tailRows), asked.length, run);
    return rows.flatMap((row): Finding[] => {
      const column = asked[Number(row['feature'])]!.name;
      const value = round12(Number(row['recall'] ?? 0));
      const args = { column, value, auc: aucs.get(column) ?? 0.5 };
      return value > tailRecall ? [{ code: 'leakage.pure-tail', severity: 'suspect', args }] : [];
    });
  });
}

import type { SelfTestRow } from '../gate/self-test.js';

/** The self-test as a table for terminals and READMEs: a row a mechanism, what catches it first, and what it costs. */
export function selfTestTable(policy: string, rows: readonly SelfTestRow[]): string {
  const cells = rows.map((row) => [
    `${row.defect} ${row.mechanism}`,
    row.caught === null ? 'missed' : `${percent(row.caught.dose)} by ${row.caught.rule}`,
    row.reported === null ? 'no' : `from ${percent(row.reported)}`,
    row.costs === null ? '' : `${row.costs.cost.toFixed(4)} at ${percent(row.costs.dose)}`,
    row.gap ? 'GAP' : '',
  ]);
  const table = [['damage planted', 'caught first at', 'reported', 'costs AUC', ''], ...cells];
  const widths = table[0]!.map((_, c) => Math.max(...table.map((row) => row[c]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, c) => cell.padEnd(widths[c]!))
      .join('  ')
      .trimEnd(),
  );
  const caught = rows.filter((row) => row.caught !== null).length;
  const gaps = rows.filter((row) => row.gap).length;
  return [
    ...lines,
    '',
    `Policy ${policy} catches ${caught} of ${rows.length} kinds of damage by its measurement rules, at doses up to 20%.`,
    gaps === 0
      ? 'No damage that a curve shows to cost more than its budget goes by.'
      : `${gaps} that cost more than its budget go by (GAP): give them a rule, or rely on the gain rules with a model.`,
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

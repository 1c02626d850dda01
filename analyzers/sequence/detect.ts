import type { Evidence, Finding, Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { FlaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import type { OddHistory } from './detect/histories.js';
import type { Order } from './detect/order.js';
import type { SequenceOptions } from './options.js';
import { outOfPlace, tieCounts, tiedRows } from '../../src/dataset/sql/shapes/event-order.js';
import { flaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { ownAtEnd } from '../../src/dataset/sql/shapes/histories.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { round12 } from '../../src/stats/round12.js';
import { oddHistories } from './detect/histories.js';
import { orderOf } from './detect/order.js';

/** Where more rows than this share their moment with others of their user, that is how the log is written. */
const byDesign = 0.5;
/** An own item that more histories than this end with came with the row, whatever its label. */
const everywhere = 0.2;

/** Looks at the order of rows, at moments that events share, and at columns that list what a user had before. */
export async function detect(study: Study, run: Run, options: SequenceOptions): Promise<Evidence> {
  const { train } = study;
  const order = await orderOf(study, options, run);
  const ties = await tiesOf(study, run);
  const histories = await oddHistories(study, run);
  const isTold = ties.share >= options.tied && ties.share <= byDesign;
  const findings = [
    ...histories.flatMap(historyFindings),
    ...orderFindings(order),
    ...(ties.share < options.tied ? [] : [tieFinding(ties, isTold)]),
  ];
  const flagged = await flag(study, order, isTold ? ties.rows : 0, histories, run);
  return {
    measurements: [
      { name: 'sequence.out-of-order', value: round12((order?.away ?? 0) / Math.max(1, train.rows)), unit: 'share' },
      { name: 'sequence.tied', value: ties.share, unit: 'share' },
      ...histories.flatMap(({ history, own }) => {
        const value = own === null ? 0 : round12(own.rows / Math.max(1, train.rows));
        return own === null
          ? []
          : [{ name: 'sequence.own-target', value, unit: 'share', column: history.column.name } as const];
      }),
    ],
    findings: findings.toSorted((a, b) => rank(a) - rank(b)),
    score: Math.min(1, (flagged?.rows ?? 0) / Math.max(1, train.rows)),
    flagged,
  };
}

interface Ties {
  readonly rows: number;
  readonly share: number;
}

async function tiesOf({ train, roles }: Study, run: Run): Promise<Ties> {
  if (roles.user === null || roles.time === null) return { rows: 0, share: 0 };
  const [row = {}] = await run.engine.rows(tieCounts(train, roles.user, roles.time), 1, run);
  const rows = Number(row['tied'] ?? 0);
  return { rows, share: round12(rows / Math.max(1, Number(row['n'] ?? 0))) };
}

function tieFinding({ rows, share }: Ties, isTold: boolean): Finding {
  return { code: 'sequence.ties', severity: isTold ? 'suspect' : 'note', args: { rows, share } };
}

function orderFindings(order: Order | null): readonly Finding[] {
  if (order === null) return [];
  if (order.kept === null) return [{ code: 'sequence.unordered', severity: 'note', args: { back: order.back } }];
  if (order.away === 0) return [];
  const args = { rows: order.away, typical: order.typical, within: order.kept.user?.name ?? null };
  return [{ code: 'sequence.out-of-order', severity: 'suspect', args }];
}

function historyFindings({ history, own, cut, padding }: OddHistory): readonly Finding[] {
  const column = history.column.name;
  const findings: Finding[] = [];
  if (own !== null) {
    const { end, rows, next, positives, others } = own;
    const isSure =
      Math.max(positives, others) > everywhere || Math.max(positives, others) > 3 * Math.min(positives, others);
    const args = { column, end, rows, next, positives, others };
    findings.push({ code: 'sequence.own-target', severity: isSure ? 'problem' : 'suspect', args });
  }
  if (cut !== null) findings.push({ code: 'sequence.truncated', severity: 'note', args: { column, ...cut } });
  if (padding !== null) findings.push({ code: 'sequence.padded', severity: 'note', args: { column, ...padding } });
  return findings;
}

function rank({ severity }: Finding): number {
  return ['problem', 'suspect', 'note'].indexOf(severity);
}

async function flag(
  { train, roles }: Study,
  order: Order | null,
  tied: number,
  histories: readonly OddHistory[],
  run: Run,
): Promise<Flagged | null> {
  const { dialect } = run.engine;
  const { time, user, item } = roles;
  const groups: FlaggedRows[] = [];
  let rows = 0;
  if (order?.kept != null && order.away > 0) {
    const from = outOfPlace(order.kept, dialect);
    const args = { away: 'CAST(round(away) AS BIGINT)' };
    groups.push({ from, where: 'true', code: 'sequence.out-of-order', score: '1', column: time!.name, args });
    rows += order.away;
  }
  for (const { history, own } of histories) {
    if (own === null) continue;
    const score = String(round12(1 - (own.next ?? 0) / own.rows));
    const from = ownAtEnd(train, item!, history, own, dialect);
    groups.push({ from, where: 'true', code: 'sequence.own-target', score, column: history.column.name });
    rows += own.rows;
  }
  if (tied > 0) {
    const from = tiedRows(train, user!, time!);
    groups.push({
      from,
      where: 'true',
      code: 'sequence.ties',
      score: '0.5',
      column: time!.name,
      args: { others: 'others' },
    });
    rows += tied;
  }
  if (groups.length === 0) return null;
  const relation = tableName('flagged_sequence', train.name);
  await run.engine.write(flaggedRows(groups, dialect), { kind: 'view', name: relation }, run);
  return { relation, rows };
}

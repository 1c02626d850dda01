import type { Finding, Measurement } from '../../../src/core/evidence.js';
import type { Found } from './found.js';
import type { LabelNulls } from './label-nulls.js';
import type { Missingness } from './missingness.js';
import type { Outage } from './outages.js';
import { wilson } from '../../../src/stats/proportion.js';
import { round12 } from '../../../src/stats/round12.js';
import { heldBy } from './counted-mark.js';
import { momentSaid, momentText } from './moments.js';

/** A word that more of the rows hold is as likely an answer ("none") as a null. */
const mostOfWord = 0.5;
/** And fewer are as likely a name: there is a film called "Missing". */
const leastOfWord = 0.001;

/** Findings, worst first: outages, disguised nulls, slices, nulls, then what only explains. */
export function findingsOf(found: Found): readonly Finding[] {
  const share = (cells: number): number => cells / found.rows;
  const bySize = found.marks.toSorted((a, b) => b.cells - a.cells);
  const plain = bySize.filter((m) => !found.rules.has(m));
  return [
    ...found.outages.map((outage) => outageFinding(outage, found)),
    ...found.recurring.map((stretches) => recurringFinding(stretches, found)),
    ...plain
      .filter((m) => m.mark.kind !== 'null')
      .map((m): Finding => {
        const spellings = m.mark.kind === 'word' ? m.mark.spellings : null;
        const held = { value: heldBy(m.mark), spellings };
        const args = { column: m.mark.column.name, ...held, cells: m.cells, share: share(m.cells) };
        const isSuspect = m.mark.kind !== 'word' || (args.share >= leastOfWord && args.share <= mostOfWord);
        return { code: 'missing.disguised', severity: isSuspect ? 'suspect' : 'note', args };
      }),
    ...found.slices.map(({ counted, slice, rows, marked, elsewhere }): Finding => {
      const { column } = counted.mark;
      const where = { slice: slice.column.name, level: slice.value };
      const args = {
        column: column.name,
        value: heldBy(counted.mark),
        ...where,
        cells: marked,
        share: marked / rows,
        elsewhere,
      };
      return { code: 'missing.slice', severity: 'suspect', args };
    }),
    ...found.byLabel.filter(({ tells }) => tells).map(labelFinding),
    ...plain
      .filter((m) => m.mark.kind === 'null')
      .map((m): Finding => {
        const severity = share(m.cells) >= 0.5 ? 'suspect' : 'note';
        return {
          code: 'missing.null',
          severity,
          args: { column: m.mark.column.name, cells: m.cells, share: share(m.cells) },
        };
      }),
    ...found.predicted.flatMap(dependence),
    ...[...found.rules].map(([m, rules]): Finding => {
      const rule = rules.map(({ column, value }) => ({ column: column.name, value }));
      const args = { column: m.mark.column.name, value: heldBy(m.mark), cells: m.cells, rule };
      return { code: 'missing.structural', severity: 'note', args };
    }),
    ...found.together.map(({ columns, cells }): Finding => {
      return { code: 'missing.together', severity: 'note', args: { columns: columns.map((c) => c.name), cells } };
    }),
    ...capped(found),
  ];
}

/** What a wide table is too wide for. */
function capped({ beyond, notAsked }: Found): readonly Finding[] {
  const args = { ...beyond, notAsked };
  if (Object.values(args).every((left) => left === 0)) return [];
  return [{ code: 'missing.not-looked-at', severity: 'note', args }];
}

/** The day or hour of a bucket, as people read it. */
function saidIn({ time }: Found, { seconds }: Outage, bucket: number): string {
  return time === null ? '' : momentSaid(time, bucket * seconds, seconds);
}

function outageFinding(outage: Outage, found: Found): Finding {
  const { mark, slice, seconds, hot } = outage;
  const { time, rows } = found;
  const moment = (bucket: number): string => (time === null ? '' : momentText(time, bucket * seconds));
  const args = {
    column: mark.column.name,
    value: heldBy(mark),
    spellings: mark.kind === 'word' ? mark.spellings : null,
    time: time?.name ?? null,
    from: moment(hot.from),
    to: moment(hot.to),
    first: saidIn(found, outage, hot.from),
    last: saidIn(found, outage, hot.to - 1),
    slice: slice?.column.name ?? null,
    level: slice?.value ?? null,
    cells: hot.marked,
    rows: hot.rows,
    usual: hot.usual,
    share: hot.marked / rows,
  };
  return { code: 'missing.outage', severity: 'problem', args };
}

function recurringFinding(stretches: readonly Outage[], found: Found): Finding {
  const inTime = stretches.toSorted((a, b) => a.hot.from - b.hot.from);
  const [first, last] = [inTime[0]!, inTime.at(-1)!];
  const { mark, slice, hot } = first;
  const sum = (of: (outage: Outage) => number): number => stretches.reduce((total, outage) => total + of(outage), 0);
  const args = {
    column: mark.column.name,
    value: heldBy(mark),
    spellings: mark.kind === 'word' ? mark.spellings : null,
    slice: slice?.column.name ?? null,
    stretches: stretches.length,
    first: saidIn(found, first, hot.from),
    last: saidIn(found, last, last.hot.to - 1),
    cells: sum((outage) => outage.hot.marked),
    rows: sum((outage) => outage.hot.rows),
    usual: hot.usual,
  };
  return { code: 'missing.recurring', severity: 'suspect', args };
}

/** Above this the label is told so well that the nulls may have been made after it. */
const leaks = 0.8;

function labelFinding({ column, auc, positives, negatives }: LabelNulls): Finding {
  const args = { column: column.name, value: round12(auc), positives, negatives };
  return { code: 'missing.tells-label', severity: auc > leaks ? 'suspect' : 'note', args };
}

/** Not missing completely at random: what is known. That the hidden values decide as well stays a question. */
function dependence({ columns, auc, low, high, shuffled, depends }: Missingness): readonly Finding[] {
  if (!depends) return [];
  return columns.map(({ name }) => {
    const args = {
      column: name,
      auc: round12(auc),
      low: round12(low),
      high: round12(high),
      shuffled: round12(shuffled!),
    };
    return { code: 'missing.not-at-random', severity: 'note', args };
  });
}

/** Shares by column with Wilson limits, and cells lost in outages. */
export function measurementsOf(found: Found, flagged: number): readonly Measurement[] {
  const { rows, cells, marks, outages } = found;
  const share = (name: string, count: number, column: string): Measurement => {
    const { low, high } = wilson(count, rows);
    return { name, value: rows === 0 ? 0 : count / rows, unit: 'share', low, high, column };
  };
  const disguised = new Map<string, number>();
  for (const { mark, cells: count } of marks) {
    if (mark.kind !== 'null') disguised.set(mark.column.name, (disguised.get(mark.column.name) ?? 0) + count);
  }
  return [
    { name: 'missing.share', value: rows * cells.length === 0 ? 0 : flagged / (rows * cells.length), unit: 'share' },
    ...cells.filter((c) => c.nulls > 0).map((c) => share('missing.null-share', c.nulls, c.column.name)),
    ...[...disguised].map(([column, count]) => share('missing.disguised-share', count, column)),
    ...found.byLabel.map(({ column, auc }): Measurement => {
      return { name: 'missing.label-auc', value: round12(auc), unit: 'auc', column: column.name };
    }),
    ...found.predicted.flatMap(({ columns, auc, low, high }) =>
      columns.map(({ name }): Measurement => {
        const interval = { low: round12(low), high: round12(high) };
        return { name: 'missing.predicted-auc', value: round12(auc), unit: 'auc', ...interval, column: name };
      }),
    ),
    ...outages.map(({ mark, hot }): Measurement => {
      return { name: 'missing.outage-cells', value: hot.marked, unit: 'count', column: mark.column.name };
    }),
  ];
}

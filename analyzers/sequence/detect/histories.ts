import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { EventsBefore, History } from '../../../src/dataset/sql/shapes/histories.js';
import { historyLengths, historyShares, ownItems } from '../../../src/dataset/sql/shapes/histories.js';
import { round12 } from '../../../src/stats/round12.js';

/** What is odd about a column that lists the items a user had before. */
export interface OddHistory {
  readonly history: History;
  /** The end at which the row's own item stands too often, null where at neither. */
  readonly own: {
    readonly end: 'first' | 'last';
    readonly rows: number;
    /** Rows whose own item is next to that end: what repeats explain; null where the user's event before is known to be another. */
    readonly next: number | null;
    /** What tells the event before; null where it is not known. */
    readonly events: EventsBefore | null;
    /** Share of positives, and of the others, with the own item at that end. */
    readonly positives: number;
    readonly others: number;
  } | null;
  /** Length at which histories are cut, and the share that has it. */
  readonly cut: { readonly length: number; readonly share: number } | null;
  /** What histories are filled up with, at which end, and the share that is. */
  readonly padding: { readonly value: string; readonly at: 'beginning' | 'end'; readonly share: number } | null;
}

const separators = ['|', ',', ';', ' '] as const;
const mostCandidates = 20;
/** Of the values of a history so many have two items or more, and of its items so many are items of the file. */
const leastSeveral = 0.3;
const leastKnown = 0.5;
/** The own item is at an end at least so many times as often as next to it, by so many standard errors. */
const times = 2;
const z = 5;
/** A history repeats the events of the file where it has the event before at an end so often. */
const leastFollows = 0.5;
const leastExact = 3;
/** Lengths are cut where this share of histories has the longest one, and so many times as many as have one item less. */
const cutShare = 0.2;
const cutTimes = 5;
const padShare = 0.05;

/** Columns that list items, and what is odd about them. */
export async function oddHistories(study: Study, run: Run): Promise<readonly OddHistory[]> {
  const histories = await historiesOf(study, run);
  const odd: OddHistory[] = [];
  for (const history of histories) odd.push(await lookAt(history, study, run));
  return odd.filter(({ own, cut, padding }) => own !== null || cut !== null || padding !== null);
}

async function historiesOf({ train, roles }: Study, run: Run): Promise<readonly History[]> {
  const { item, user, label, time, position, group } = roles;
  if (item === null || train.rows === 0) return [];
  const taken = new Set([item, user, label?.column, time, position, group].map((column) => column?.id));
  const candidates = train.columns
    .filter(({ id, type }) => !taken.has(id) && (type === 'VARCHAR' || type.endsWith('[]')))
    .slice(0, mostCandidates)
    .flatMap((column): History[] =>
      column.type === 'VARCHAR'
        ? separators.map((separator) => ({ column, separator }))
        : [{ column, separator: null }],
    );
  if (candidates.length === 0) return [];
  const rows = await run.engine.rows(
    historyShares(train, item, candidates, run.engine.dialect),
    candidates.length,
    run,
  );
  const found = new Map<string, History>();
  candidates.forEach((history, place) => {
    const [several, known] = [Number(rows[place]?.['several'] ?? 0), Number(rows[place]?.['known'] ?? 0)];
    if (several >= leastSeveral && known >= leastKnown && !found.has(history.column.id))
      found.set(history.column.id, history);
  });
  return [...found.values()];
}

async function lookAt(history: History, { train, roles }: Study, run: Run): Promise<OddHistory> {
  const { dialect } = run.engine;
  const { user, time } = roles;
  const events = user === null || time === null ? null : { user, time };
  const [row = {}] = await run.engine.rows(ownItems(train, roles.item!, roles.label, history, events, dialect), 1, run);
  const of = (name: string): number => Number(row[name] ?? 0);
  const rows = of('n');
  const lengths = await run.engine.rows(historyLengths(train, history, 2, dialect), 2, run);
  const [longest, next] = lengths.map((r) => ({ length: Number(r['length']), n: Number(r['n']) }));
  const isCut =
    longest !== undefined &&
    next !== undefined &&
    longest.n >= cutShare * rows &&
    longest.n >= cutTimes * (next.length === longest.length - 1 ? next.n : 0);
  const ends = [
    { at: 'beginning', n: of('leading'), value: String(row['leader'] ?? '') },
    { at: 'end', n: of('trailing'), value: String(row['trailer'] ?? '') },
  ] as const;
  const padded = ends.find(({ n }) => n > padShare * rows);
  return {
    history,
    own: ownAt('last') ?? ownAt('first'),
    cut: isCut ? { length: longest.length, share: round12(longest.n / rows) } : null,
    padding: padded === undefined ? null : { value: padded.value, at: padded.at, share: round12(padded.n / rows) },
  };

  /**
   * Where the history repeats the events of the file, it cannot end with the own item after another one. Else: repeats are as likely to come two
   * steps before as one; what stands at the very end far more often came with the row.
   */
  function ownAt(end: 'first' | 'last'): OddHistory['own'] {
    const told = (at: number, positive: number, next: number | null): OddHistory['own'] => ({
      end,
      rows: at,
      next,
      events: next === null ? events : null,
      positives: shareOf(positive, of('p')),
      others: shareOf(at - positive, rows - of('p')),
    });
    if (of(`${end}_follows`) > leastFollows * Math.max(1, of('before'))) {
      const exact = of(`${end}_exact`);
      return exact < leastExact ? null : told(exact, of(`${end}_exact_p`), null);
    }
    const [at, beside] = [of(`${end}_at`), of(`${end}_next`)];
    if (at < times * beside || at - beside <= z * Math.sqrt(at + beside)) return null;
    return told(at, of(`${end}_at_p`), beside);
  }
}

function shareOf(n: number, all: number): number {
  return round12(n / Math.max(1, all));
}

import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Joined, Lag } from '../../../src/dataset/sql/shapes/served-cells.js';
import { asOfMatches } from '../../../src/dataset/sql/shapes/served-cells.js';

/** How late a value is, whose it is, and on which side. */
export interface FoundLag extends Readonly<Record<string, string | number>> {
  readonly side: 'serving' | 'training';
  readonly entity: string;
  /** In words: `1 day`. */
  readonly lag: string;
  /** Share of the differing cells, of those that have such a row, that hold the value of then. */
  readonly matched: number;
}

const hour = 3600;
const day = 24 * hour;

/** Lags of pipelines, the shortest first. */
const lags: readonly (Lag & { readonly says: string })[] = [
  { kind: 'before', seconds: 0, says: 'one event' },
  { kind: 'start', seconds: hour, says: 'since the start of the hour' },
  { kind: 'before', seconds: hour, says: '1 hour' },
  { kind: 'before', seconds: 6 * hour, says: '6 hours' },
  { kind: 'start', seconds: day, says: 'since the start of the day' },
  { kind: 'before', seconds: 12 * hour, says: '12 hours' },
  { kind: 'before', seconds: day, says: '1 day' },
  { kind: 'before', seconds: 2 * day, says: '2 days' },
  { kind: 'before', seconds: 7 * day, says: '7 days' },
];
/** Share of the cells that must hold the value of then. */
const leastMatched = 0.9;
/** Cells that have an earlier row of their entity to be compared with. */
const leastCells = 20;
/** Differing cells looked at. */
const sample = 20_000;

/**
 * The lag at which the cells of one side hold what the other side held for the same user, item or group: the one that
 * matches most cells, the shortest of equals. Null where none matches nearly all: the value is not late but wrong.
 */
export async function findLag(study: Study, joined: Joined, column: Column, run: Run): Promise<FoundLag | null> {
  const { roles } = study;
  const { time, user, item, group } = roles;
  if (time === null) return null;
  const has = (id: string): boolean => joined.columns.some((c) => c.id === id) || roles.key.some((c) => c.id === id);
  let best: FoundLag | null = null;
  for (const entity of [user, item, group]) {
    if (entity === null || entity.id === column.id || !has(entity.id)) continue;
    for (const side of ['serving', 'training'] as const) {
      const query = asOfMatches(study.train, joined, { column, entity, time, side, lags, sample }, run.engine.dialect);
      const rows = await run.engine.rows(query, lags.length, run);
      for (const row of rows) {
        const [n, same] = [Number(row['n']), Number(row['same'])];
        const matched = same / n;
        if (n < leastCells || matched < leastMatched || (best !== null && matched <= best.matched)) continue;
        best = { side, entity: entity.name, lag: lags[Number(row['place'])]!.says, matched };
      }
    }
  }
  return best;
}

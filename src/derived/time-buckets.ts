import type { Outcome } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { timeSpan } from '../dataset/sql/shapes/marks-by-time.js';
import { flaggedByTime, rowsByTime } from '../dataset/sql/shapes/time-buckets.js';

/** Rows of one even stretch of time. */
export interface TimeBucket {
  /** ISO date or date-time of the bucket's start, UTC. */
  readonly start: string;
  readonly rows: number;
  readonly positives: number | null;
  readonly part: 'train' | 'inner' | 'outer' | 'left-out';
  /** Rows each defect flagged, each row once. */
  readonly flagged: Readonly<Record<string, number>>;
}

const parts = ['train', 'train', 'inner', 'outer', 'left-out'] as const;

const day = 86_400;
const hour = 3_600;
const maxBuckets = 200;

/** Rows, positives and flagged rows of the whole file by day (or hour, or several days); empty without a time. */
export async function timeBuckets(
  study: Study,
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<readonly TimeBucket[]> {
  const { whole, train, roles } = study;
  const { engine } = run;
  if (roles.time === null || whole.rows === 0) return [];
  const seconds = await bucketWidth(study, run);
  const flagged = new Map<string, ReadonlyMap<number, number>>();
  for (const [id, outcome] of outcomes) {
    if (outcome.outcome !== 'ok' || outcome.evidence.flagged === null) continue;
    const query = flaggedByTime(train, outcome.evidence.flagged.relation, roles.time, seconds, engine.dialect);
    const rows = await engine.rows(query, 10 * maxBuckets, run);
    flagged.set(id, new Map(rows.map((row) => [Number(row['bucket']), Number(row['n'])])));
  }
  const rows = await engine.rows(
    rowsByTime(whole, roles.time, seconds, roles.label, engine.dialect),
    10 * maxBuckets,
    run,
  );
  return rows.map((row) => {
    const bucket = Number(row['bucket']);
    return {
      start: startText(bucket * seconds, seconds),
      rows: Number(row['rows']),
      positives: row['positives'] === null ? null : Number(row['positives']),
      part: parts[Number(row['part'])] ?? 'train',
      flagged: Object.fromEntries([...flagged].map(([id, counts]) => [id, counts.get(bucket) ?? 0])),
    };
  });
}

/** Days, hours for up to three days, several days for long files. */
async function bucketWidth({ whole, roles }: Study, run: Run): Promise<number> {
  if (roles.time === null) return day;
  const [span = {}] = await run.engine.rows(timeSpan(whole, roles.time, run.engine.dialect), 1, run);
  const seconds = Number(span['high'] ?? 0) - Number(span['low'] ?? 0);
  return seconds > 3 * day ? day * Math.ceil(seconds / day / maxBuckets) : hour;
}

function startText(seconds: number, width: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return width % day === 0 ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`;
}

import type { Wanted } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { LevelGap } from './detect/levels.js';
import type { IdHole } from './detect/ids.js';
import type { Series } from './detect/series.js';
import type { Step } from './detect/step.js';
import type { Stretch } from './detect/stretches.js';
import type { HolesOptions } from './options.js';
import { bucketSql, timeSpan } from '../../src/dataset/sql/shapes/marks-by-time.js';
import { rowsByBucket } from '../../src/dataset/sql/shapes/rows-by-bucket.js';
import { momentText } from '../../src/derived/time-width.js';
import { round12 } from '../../src/stats/round12.js';
import { idHoles } from './detect/ids.js';
import { levelGaps } from './detect/levels.js';
import { lostValues, type Lost } from './detect/lost.js';
import { seriesOf, startOf, widened } from './detect/series.js';
import { stepOf } from './detect/step.js';
import { stretches } from './detect/stretches.js';
import { usualRows, weekdayShares } from './detect/usual.js';
import { finestWidth, fullEnough } from './detect/width.js';

const day = 86_400;
const mostBuckets = 100_000;
/** A series of at most so many buckets times values is followed by value in its own width, else by day. */
const mostLevelBuckets = 1000;

/** What is known of rows over time; null where there is no time or too little of it. */
interface OverTime {
  readonly series: Series;
  readonly knowsWeek: boolean;
  readonly stretches: readonly Stretch[];
  readonly step: Step | null;
  readonly days: Series;
  readonly levels: readonly LevelGap[];
  readonly levelSeries: Series;
}

/** Looks for rows that should be there: hours, values of columns, blocks of ids, and changes of volume. */
export async function detect(study: Study, run: Run, options: HolesOptions, wanted?: Wanted): Promise<Evidence> {
  const isAll = wanted === undefined || wanted.has('holes.id-blocks') || wanted.has('holes.gaps');
  const time = await overTime(study, run, options, isAll);
  const ids = isAll ? await idHoles(study, options.alpha, run) : [];
  const lost = isAll ? await lostValues(study, options, run) : [];
  const found = {
    empty: (time?.stretches ?? []).filter((s) => s.kind === 'empty'),
    changed: (time?.stretches ?? []).filter((s) => s.kind !== 'empty'),
  };
  const missing = [...found.empty, ...found.changed.filter((s) => s.kind === 'low')].reduce(
    (sum, s) => sum + s.expected - s.rows,
    0,
  );
  const noTime: Finding[] =
    study.roles.time !== null && time === null ? [{ code: 'holes.cannot-tell', severity: 'note', args: {} }] : [];
  return {
    measurements: [
      { name: 'holes.missing-rows', value: Math.round(missing), unit: 'count' },
      { name: 'holes.missing-share', value: round12(missing / Math.max(1, missing + study.train.rows)), unit: 'share' },
      { name: 'holes.stretches', value: found.empty.length, unit: 'count' },
      { name: 'holes.gaps', value: time?.levels.length ?? 0, unit: 'count' },
      { name: 'holes.id-blocks', value: ids.length, unit: 'count' },
    ],
    findings: [
      ...found.empty.map((s) => stretchFinding(s, time!)),
      ...(time?.levels ?? []).map((gap) => levelFinding(gap, time!.levelSeries, study)),
      ...ids.map(idFinding),
      ...lost.map(lostFinding),
      ...found.changed.map((s) => stretchFinding(s, time!)),
      ...(time?.step == null ? [] : [stepFinding(time.step, time.days)]),
      ...noTime,
    ],
    flagged: null,
  };
}

async function overTime(study: Study, run: Run, options: HolesOptions, isAll: boolean): Promise<OverTime | null> {
  const { train, roles } = study;
  const { engine } = run;
  if (roles.time === null) return null;
  const [span = {}] = await engine.rows(timeSpan(train, roles.time, engine.dialect), 1, run);
  const [low, high] = [span['low'], span['high']];
  if (typeof low !== 'number' || typeof high !== 'number' || !Number.isFinite(high - low)) return null;
  const width = finestWidth(high - low, roles.time.type);
  const counted = await engine.rows(
    rowsByBucket(train, bucketSql(roles.time, width, engine.dialect)),
    mostBuckets,
    run,
  );
  const fine = seriesOf(
    counted.map((row) => [Number(row['bucket']), Number(row['n'])]),
    width,
  );
  const series = fullEnough(fine);
  if (series === null) return null;
  const usual = usualRows(series);
  const days = series.width >= day ? series : widened(series, day / series.width);
  const levelSeries = series.counts.length <= mostLevelBuckets ? series : days;
  return {
    series,
    knowsWeek: usual.knowsWeek,
    stretches: stretches(series.counts, usual, options),
    step: days.width === day ? stepIn(days, usual.knowsWeek, options.step) : null,
    days,
    levels: isAll ? await levelGaps(study, levelSeries, options, run) : [],
    levelSeries,
  };
}

/**
 * A step of the rows a day, weekdays made equal; the first and the last day may be parts of days and are left out. What
 * weekdays make is read again once the step is known, which blurs it.
 */
function stepIn({ first, counts }: Series, knowsWeek: boolean, ratio: number): Step | null {
  const volumes = [...counts.subarray(1, -1)];
  if (!knowsWeek) return stepOf(volumes, ratio);
  const evened = (like: readonly number[]): readonly number[] => {
    const shares = weekdayShares(like, first + 1);
    return volumes.map((n, d) => (shares[d]! > 0 ? n / shares[d]! : n));
  };
  const step = stepOf(evened(volumes), ratio);
  if (step === null) return null;
  return stepOf(evened(volumes.map((n, d) => (d < step.at ? n : (n * step.before) / step.after))), ratio);
}

function between(series: Series, from: number, to: number): { from: string; to: string; seconds: number } {
  return {
    from: momentText(startOf(series, from)),
    to: momentText(startOf(series, to)),
    seconds: (to - from) * series.width,
  };
}

/** An hour is an hour on every day; that a whole day should have rows is known from other weeks. */
function stretchFinding({ kind, from, to, rows, expected }: Stretch, { series, knowsWeek }: OverTime): Finding {
  const args = { ...between(series, from, to), rows, expected: Math.round(expected) };
  if (kind !== 'empty') return { code: `holes.${kind}`, severity: 'suspect', args };
  const mayBeHabit = !knowsWeek && args.seconds >= 0.75 * day;
  return { code: 'holes.empty', severity: mayBeHabit ? 'suspect' : 'problem', args };
}

/** Items come and go by their own right; a part of the file should be there. */
function levelFinding({ column, level, from, to, expected }: LevelGap, series: Series, { roles }: Study): Finding {
  const args = { column: column.name, level, ...between(series, from, to), expected: Math.round(expected) };
  return { code: 'holes.level', severity: column.id === roles.item?.id ? 'note' : 'suspect', args };
}

function idFinding({ column, ids, block, residue }: IdHole): Finding {
  const args = {
    column: column.name,
    ids,
    from: block?.from ?? null,
    to: block?.to ?? null,
    by: residue?.by ?? null,
    residue: residue?.residue ?? null,
  };
  return { code: 'holes.ids', severity: 'suspect', args };
}

function lostFinding({ column, values, lost, expected }: Lost): Finding {
  return { code: 'holes.lost-values', severity: 'suspect', args: { column: column.name, values, lost, expected } };
}

function stepFinding({ at, before, after }: Step, days: Series): Finding {
  const from = momentText(startOf(days, at + 1));
  return { code: 'holes.volume', severity: 'suspect', args: { from, before, after, ratio: round12(after / before) } };
}

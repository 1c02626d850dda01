import type { TopLevelSpec } from 'vega-lite';
import type { TimeBucket } from '../model.js';
import { day } from '../format.js';
import { countLabel, percentLabel } from './theme.js';

/** A strip under the rows and the positive rate: units that one defect flagged in each bucket. */
export interface FlaggedStrip {
  readonly defect: string;
  readonly title: string;
}

/** Days from left to right: rows, positive rate, and flagged units of the defects given; evaluation days are lighter. */
export function timeStrip(buckets: readonly TimeBucket[], flagged: readonly FlaggedStrip[]): TopLevelSpec {
  const values = buckets.map((b, i) => ({
    i,
    start: b.start,
    tone: b.part === 'train' ? 'train' : 'held out',
    rows: b.rows,
    rate: b.positives === null || b.rows === 0 ? null : b.positives / b.rows,
    ...Object.fromEntries(flagged.map((f, n) => [`flagged${n}`, b.flagged[f.defect] ?? 0])),
  }));
  const held = buckets.findIndex((b) => b.part !== 'train');
  const rated = values.some((v) => v.rate !== null);
  const last = (n: number): boolean => n === flagged.length - 1;
  const strips = [
    strip('rows', 'rows', countLabel, ['var(--unresolved)', 'var(--reference)'], flagged.length === 0 && !rated),
    ...(rated
      ? [strip('positive rate', 'rate', percentLabel, ['var(--unresolved)', 'var(--reference)'], flagged.length === 0)]
      : []),
    ...flagged.map((f, n) =>
      strip(`flagged: ${f.title}`, `flagged${n}`, countLabel, ['var(--cost)', 'var(--cost)'], last(n)),
    ),
  ];
  return {
    padding: { left: 2, right: 8, top: 4, bottom: 2 },
    spacing: 14,
    resolve: { scale: { color: 'independent' } },
    data: { values },
    vconcat: strips.map((s) => ({
      width: 930,
      height: 56,
      title: {
        text: s.title,
        anchor: 'start' as const,
        fontSize: 11,
        fontWeight: 600 as const,
        color: 'var(--ink2)',
        offset: 4,
        frame: 'group' as const,
      },
      layer: [s.bars, ...(held > 0 ? [split(held)] : [])],
    })),
  };

  function strip(title: string, field: string, label: string, range: readonly [string, string], labelled: boolean) {
    const bars = {
      mark: { type: 'bar' as const, binSpacing: 0 },
      encoding: {
        x: {
          field: 'i',
          type: 'ordinal' as const,
          scale: { paddingInner: 0.12, paddingOuter: 0 },
          axis: labelled ? dayAxis(buckets) : null,
        },
        y: { field, type: 'quantitative' as const, scale: { zero: true }, axis: { labelExpr: label, tickCount: 2 } },
        color: {
          field: 'tone',
          type: 'nominal' as const,
          scale: { domain: ['train', 'held out'], range: [...range] },
          legend: null,
        },
      },
    };
    return { title, bars };
  }
}

function split(at: number) {
  return {
    transform: [{ filter: `datum.i == ${at}` }],
    mark: { type: 'rule' as const, color: 'var(--ink)', xOffset: -2 },
    encoding: { x: { field: 'i', type: 'ordinal' as const, bandPosition: 0 } },
  };
}

/** Labels about every seventh bucket, as `14 Sep`. */
function dayAxis(buckets: readonly TimeBucket[]) {
  const step = Math.max(1, Math.ceil(buckets.length / 8));
  const days = JSON.stringify(buckets.map((b) => day(b.start)));
  return {
    grid: false,
    labelAngle: 0,
    labelExpr: `datum.value % ${step} == 0 ? ${days}[datum.value] : ''`,
    labelAlign: 'left' as const,
    labelOffset: -8,
    labelOverlap: false,
  };
}

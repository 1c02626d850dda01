import type { Unsupported } from '../../src/core/defect.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Slice } from '../../src/dataset/sql/shapes/hot-cells.js';
import type { LabelNoiseOptions } from './options.js';
import type { NamedSlice } from './named-slice.js';
import { sliceCandidates } from '../../src/dataset/sql/shapes/slice-candidates.js';
import { approximateValues } from '../../src/derived/approximate-values.js';
import { timeSpan } from '../../src/dataset/sql/shapes/marks-by-time.js';
import { resolveSlice } from './named-slice.js';

/** Share of the rows that the chosen value should come closest to. */
const wantedShare = 0.12;
/** Columns that are tried. */
const maxColumns = 12;

/** The slices the options name, else one of its own: a frequent value of a column of few values, in a quarter of the time. */
export async function damagedSlices(
  study: Study,
  run: Run,
  options: LabelNoiseOptions,
): Promise<readonly Slice[] | Unsupported> {
  if (options.slices === '') return chosenSlice(study, run);
  // Written by `again` of this defect or by hand; a column that is not there falls out below.
  const named = JSON.parse(options.slices) as readonly NamedSlice[];
  const slices = named.map((one) => resolveSlice(one, study.train, study.roles));
  const known = slices.filter((slice) => slice !== null);
  return known.length > 0 ? known : { unsupported: 'None of the named slices is in this data.' };
}

async function chosenSlice(study: Study, run: Run): Promise<readonly Slice[] | Unsupported> {
  const { train, roles } = study;
  if (roles.time === null) return { unsupported: 'A slice needs a time role: for all time a model learns it.' };
  const features = roles.features.map((feature) => feature.column);
  if (features.length === 0 || train.rows === 0) return { unsupported: 'There are no columns to slice by.' };
  const values = await approximateValues(train, features, run);
  const few = features.filter((_, i) => values[i]! >= 2 && values[i]! <= 64).slice(0, maxColumns);
  if (few.length === 0) return { unsupported: 'No column has between 2 and 64 values.' };
  const [best] = await run.engine.rows(sliceCandidates(train, few, wantedShare), 1, run);
  const [span] = await run.engine.rows(timeSpan(train, roles.time, run.engine.dialect), 1, run);
  const low = Number(span?.['low']);
  const high = Number(span?.['high']);
  if (best === undefined || !(high > low)) return { unsupported: 'All rows have the same time or no value.' };
  return [
    {
      values: [{ column: few[Number(best['column'])]!, value: String(best['value']) }],
      time: { column: roles.time, ...window(low, high) },
    },
  ];
}

/** The second quarter of the time, in whole days where there are four or more. */
function window(low: number, high: number): { from: number; to: number } {
  const unit = high - low >= 4 * 86_400 ? 86_400 : 1;
  const at = (share: number): number => Math.floor((low + share * (high - low)) / unit) * unit;
  return { from: at(0.25), to: Math.max(at(0.5), at(0.25) + unit) };
}

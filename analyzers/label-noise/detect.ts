import type { Evidence, Finding, Measurement } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { OutOfFold } from '../../src/derived/out-of-fold.js';
import type { AllRows } from './all-rows.js';
import type { Bounds } from './bounds.js';
import type { Excess } from './excess.js';
import type { ReviewList } from './flagged.js';
import type { Given } from './given.js';
import type { HotSlice } from './hot-slices.js';
import type { LabelNoiseOptions } from './options.js';
import { allPredictions } from '../../src/derived/all-predictions.js';
import { outOfFold } from '../../src/derived/out-of-fold.js';
import { sampledUnits } from '../../src/derived/sampled-units.js';
import { auc, aucInfluence } from '../../src/stats/auc.js';
import { round12 } from '../../src/stats/round12.js';
import { allRows, totalsOf } from './all-rows.js';
import { boundsOf } from './bounds.js';
import { excessesOf, noExcess } from './excess.js';
import { flagRows } from './flagged.js';
import { givenRows } from './given.js';
import { hotSlices, maxColumns, zUnder } from './hot-slices.js';
import { nameSlice } from './named-slice.js';
import { rareRate } from './options.js';

/** Fewer rows of either class give no model to ask. */
const minRows = 50;
const minOfClass = 10;

/**
 * Asks a model that never saw a row what its label should be (out of fold, folds of whole users), and reports, in this
 * order: slices with more positives than expected, labels disbelieved more often than chance, and the most doubted rows
 * of each given label for review. Of very many rows models come from a sample of whole users, and slices from a larger one,
 * and the evidence says so; all rows are scored, counted and flagged.
 */
export async function detect(whole: Study, run: Run, options: LabelNoiseOptions): Promise<Evidence> {
  const label = whole.roles.label!;
  const sample = await sampledUnits(whole, options.rows, run);
  const learned = await totalsOf(sample, run);
  const { rows, positives } = learned;
  if (rows < minRows || Math.min(positives, rows - positives) < minOfClass) return tooFew(rows, positives);

  const sampled = sample !== whole;
  const scores = await outOfFold(sample, run, { folds: 'user', keep: sampled });
  const given = await givenRows(sample, scores, run);
  const ranks = ranksLabels(given);
  const predictions = await allPredictions(whole, options.rows, scores, run);
  const searched = await sampledUnits(whole, Math.max(options.rows, options.sliceRows), run);
  const { slices, left } = await hotSlices(searched, predictions, run, options);
  // Labels of all rows are counted once.
  const totals = sampled ? await totalsOf(whole, run) : learned;
  const all = await allRows(whole, predictions, { slices, inSample: searched !== whole }, totals, run);
  const excesses = ranks ? await excessesOf(predictions, all.hot, run) : ([noExcess(1), noExcess(0)] as const);
  const rate = all.positives / all.rows;
  const reviews = (rate < rareRate ? ([1] as const) : ([1, 0] as const)).map((of) => reviewOf(all, of, options.budget));
  const flagged = await flagRows(whole, all, excesses, reviews, run);
  const bounds = boundsOf(given);
  const hot = await Promise.all(all.slices.map((slice) => hotFinding(slice, sample, sampled ? scores : null, run)));
  const searchedRows = searched === whole ? all.rows : (await totalsOf(searched, run)).rows;
  return {
    measurements: measurementsOf(given, all, excesses, bounds),
    findings: [
      ...hot,
      ...excesses.filter((e) => e.called > 0).map((e) => excessFinding(e, all, label)),
      ...(ranks ? [] : [note('no-model', { auc: round12(auc(given.p, given.label)) })]),
      ...(ranks && all.slices.length === 0 && excesses.every((e) => e.called === 0)
        ? [note('quiet', { rows: all.rows })]
        : []),
      ...reviews.map((list) => note('review-list', { value: valueOf(label, list.label), rows: list.rows })),
      ...(rate < rareRate ? [note('lost-positives-unknown', { rate: round12(rate), value: label.negative })] : []),
      ...(sampled ? [note('sampled', { rows, of: all.rows, by: unitOf(whole), searched: searchedRows })] : []),
      note('bounds', { r01: round12(bounds.r01Upper), r10: round12(bounds.r10Upper) }),
      ...(left === 0 ? [] : [note('not-cut', { columns: left, cut: maxColumns })]),
    ],
    score: flagged === null ? 0 : flagged.rows / all.rows,
    flagged,
    predictions,
  };
}

/** Whether the model ranks labels better than chance, with 97.5% confidence (DeLong 1988): else its doubts say nothing. */
function ranksLabels({ p, label }: Given): boolean {
  const { value, influence } = aucInfluence(p, label);
  const error = Math.sqrt(influence.reduce((sum, x) => sum + x * x, 0));
  return value - 1.96 * error > 0.5;
}

function reviewOf({ rows, positives }: AllRows, label: 0 | 1, budget: number): ReviewList {
  return { label, rows: Math.ceil(budget * (label === 1 ? positives : rows - positives)) };
}

/**
 * A slice with its second opinion: z under folds of whole days, where there is time. Models of days are asked about the rows
 * that models learn from; where these are a sample, `bySample` are the probabilities it has under folds of users, so that
 * like stands beside like.
 */
async function hotFinding(slice: HotSlice, sample: Study, bySample: OutOfFold | null, run: Run): Promise<Finding> {
  const days = slice.time === null ? null : await outOfFold(sample, run, { folds: 'days' });
  return {
    code: 'label-noise.hot-slice',
    severity: slice.z > 10 ? 'problem' : 'suspect',
    args: {
      ...nameSlice(slice),
      rows: slice.rows,
      positives: slice.positives,
      expected: round12(slice.expected),
      z: round12(slice.z),
      ...(bySample === null ? {} : { zSample: round12(await zUnder(slice, bySample.table, sample, run)) }),
      zDayFolds: days === null ? null : round12(await zUnder(slice, days.table, sample, run)),
    },
  };
}

function excessFinding(excess: Excess, { rows, positives }: AllRows, label: Label): Finding {
  return {
    code: 'label-noise.excess',
    severity: 'suspect',
    args: {
      label: excess.label,
      value: valueOf(label, excess.label),
      called: excess.called,
      found: excess.found,
      expected: round12(excess.expected),
      z: round12(excess.z),
      // What the same number of flips would be a share of: rows of the other label.
      others: excess.label === 1 ? rows - positives : positives,
    },
  };
}

function measurementsOf(
  given: Given,
  { rows, slices }: AllRows,
  [positive, negative]: readonly [Excess, Excess],
  bounds: Bounds,
): readonly Measurement[] {
  const inSlices = slices.reduce((sum, s) => sum + s.positives - s.expected, 0);
  const called = positive.called + negative.called;
  const share = (inSlices + called) / rows;
  return [
    { name: 'label-noise.share', value: round12(share), unit: 'share' },
    { name: 'label-noise.hot-slices', value: slices.length, unit: 'count' },
    { name: 'label-noise.hot-excess', value: round12(inSlices), unit: 'count' },
    { name: 'label-noise.excess-positive', value: positive.called, unit: 'count' },
    { name: 'label-noise.excess-negative', value: negative.called, unit: 'count' },
    { name: 'label-noise.r01-upper', value: round12(bounds.r01Upper), unit: 'share' },
    { name: 'label-noise.r10-upper', value: round12(bounds.r10Upper), unit: 'share' },
    { name: 'label-noise.out-of-fold-auc', value: round12(auc(given.p, given.label)), unit: 'auc' },
  ];
}

function tooFew(rows: number, positives: number): Evidence {
  return {
    measurements: [
      { name: 'label-noise.share', value: 0, unit: 'share' },
      { name: 'label-noise.hot-slices', value: 0, unit: 'count' },
    ],
    findings: [note('too-few', { rows, positives })],
    score: 0,
    flagged: null,
  };
}

function note(code: string, args: Finding['args']): Finding {
  return { code: `label-noise.${code}`, severity: 'note', args };
}

function unitOf({ roles }: Study): 'user' | 'group' | 'row' {
  if (roles.user !== null) return 'user';
  return roles.group === null ? 'row' : 'group';
}

function valueOf(label: Label, of: 0 | 1): string {
  return of === 1 ? label.positive : label.negative;
}

import type { Finding } from '../../src/core/evidence.js';
import { sliceInArgs, sliceWords } from './named-slice.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding and each kind of flagged row; numbers are rounded for reading. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'label-noise.hot-slice': (a) =>
    `${sliceWords(sliceInArgs(a))}: ${whole(a['positives'])} positives in ${whole(a['rows'])} rows where the model expects ${whole(a['expected'])} (z ${Number(a['z']).toFixed(1)}${secondOpinion(a)}). Labels there may have been made by something else than people.`,
  'label-noise.excess': (a) =>
    `${whole(a['found'])} rows labelled ${text(a['value'])} look nothing like it where ${whole(a['expected'])} would be expected if the model were right; the ${whole(a['called'])} most suspect are flagged.`,
  'label-noise.no-model': (a) =>
    `A model does not rank these labels better than chance (AUC ${Number(a['auc']).toFixed(2)}), so it cannot say which are wrong.`,
  'label-noise.quiet': (a) =>
    `No label is called wrong: none of the ${whole(a['rows'])} rows lies in a slice with too many positives, and labels surprise the model no more often than its own probabilities say. Noise that is spread evenly cannot be told from rows that are hard to predict.`,
  'label-noise.review-list': (a) =>
    `The ${whole(a['rows'])} rows labelled ${text(a['value'])} that the model doubts most are listed for review; they are ranked, not called wrong.`,
  'label-noise.lost-positives-unknown': (a) =>
    `Lost positives cannot be found by ranking at a positive rate of ${(100 * Number(a['rate'])).toFixed(2)}%, so no list of rows labelled ${text(a['value'])} is given.`,
  'label-noise.bounds': (a) =>
    `Noise rates are not identified without an audit. At most ${percent(a['r01'])} of true negatives carry the positive label; of true positives at most ${percent(a['r10'])} were lost${Number(a['r10']) > 0.5 ? ', which says next to nothing' : ''}.`,
  'label-noise.not-cut': (a) =>
    `Hot slices were looked for in the first ${whole(a['cut'])} columns of few values; ${whole(a['columns'])} columns behind them were not looked at.`,
  'label-noise.sampled': (a) =>
    `All ${whole(a['of'])} rows were scored, by models that never saw them, and what is counted and flagged is of all. Models come from ${whole(a['rows'])} of them, drawn by chance${a['by'] === 'row' ? '' : `, whole ${text(a['by'])}s at a time`}${a['searched'] === a['of'] ? '' : `; slices were looked for in ${whole(a['searched'])}`}.`,
  'label-noise.too-few': (a) =>
    `Label noise was not looked for: ${whole(a['rows'])} rows with ${whole(a['positives'])} positives are too few for out-of-fold predictions.`,
  'label-noise.in-hot-slice': () => 'A positive in a slice that has more of them than the model expects.',
  'label-noise.called': (a) => `The model gives this label a probability of ${Number(a['p']).toPrecision(2)}.`,
  'label-noise.review': (a) =>
    `Among the most doubted rows of its label: probability ${Number(a['p']).toPrecision(2)}.`,
};

function secondOpinion(args: Finding['args']): string {
  const [inSample, z] = [args['zSample'], args['zDayFolds']];
  const first = typeof inSample === 'number' ? `; ${inSample.toFixed(1)} in the sample` : '';
  return typeof z === 'number' ? `${first}; ${z.toFixed(1)} with folds of whole days` : first;
}

function text(value: unknown): string {
  return String(value);
}

function whole(value: unknown): string {
  return Math.round(Number(value)).toLocaleString('en-US');
}

function percent(value: unknown): string {
  return `${(100 * Number(value)).toPrecision(2)}%`;
}

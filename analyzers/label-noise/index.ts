import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { again } from './again.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Labels that are wrong. See the README beside this file for method, limits and sources. */
export const labelNoise: Defect = defineDefect({
  id: 'label-noise',
  title: 'Label noise',
  unit: 'row',
  needs: ['label', 'features'],
  trains: true,
  defaults,
  measures: {
    share: {
      unit: 'share',
      says: 'Labels called wrong: excess positives of hot slices and labels disbelieved beyond chance',
    },
    'hot-slices': { unit: 'count', says: 'Slices with more positives than the out-of-fold model expects' },
    'hot-excess': { unit: 'count', says: 'Positives in hot slices beyond the expected ones' },
    'excess-positive': { unit: 'count', says: 'Positives outside hot slices that the model disbelieves beyond chance' },
    'excess-negative': { unit: 'count', says: 'Negatives that the model disbelieves beyond chance' },
    'r01-upper': { unit: 'share', says: 'Upper limit of the share of true negatives that carry the positive label' },
    'r10-upper': {
      unit: 'share',
      says: 'Upper limit of the share of true positives that were lost; near 1 it says nothing',
    },
    'out-of-fold-auc': { unit: 'auc', says: 'AUC of the out-of-fold probabilities against the labels as given' },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
  again,
  curves: ['uniform'],
});

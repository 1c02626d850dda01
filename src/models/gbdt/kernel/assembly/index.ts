export { logLossGradients, roundGradients } from './gradients';
export { buildHistogram, subtractHistogram } from './histogram';
export { addTree } from './leaf-masks';
export { addToScores, orderRows, partition, transpose } from './rows';
export { findSplit } from './split';

/** Memory from here on belongs to the caller. */
export const heap: usize = __heap_base;

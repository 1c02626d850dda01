import type { Unsupported } from '../../src/core/defect.js';

/** A rule of a plan reads scalars, and the built-in models read no vectors, so that no repair could be measured. */
export const repair: Unsupported = {
  unsupported:
    'the right vector is known to the model that makes them only: make the flagged rows anew. Vectors are no features of the built-in models, so nulling them could not be measured',
};

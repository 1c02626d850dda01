import type { Unsupported } from '../../src/core/defect.js';

export const repair: Unsupported = {
  unsupported:
    'two pipelines compute one feature in two ways: mend the one that is wrong, and train on what serving logs',
};

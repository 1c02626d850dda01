import type { Unsupported } from '../../src/core/defect.js';

export const repair: Unsupported = {
  unsupported:
    'a schema is an agreement of two sides: change the data by the migration that assay schema --diff writes, or the schema',
};

import type { Unsupported } from '../../src/core/defect.js';

/** Nothing that is here can stand for what is not. */
export const repair: Unsupported = {
  unsupported: 'rows that are not in the file cannot be made up; read them again from where they came',
};

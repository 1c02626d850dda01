import type { Unsupported } from '../../src/core/defect.js';

/** Damage of encodings is undone at the source; guessing bytes cell by cell would damage texts that are right. */
export const repair: Unsupported = {
  unsupported:
    'a text that lost characters cannot be rebuilt from what is left; read the file again under its own encoding (--encoding), and treat blanks as missing',
};

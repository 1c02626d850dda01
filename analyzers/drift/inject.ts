import type { Mechanism } from '../../src/core/defect.js';
import type { DriftOptions } from './options.js';
import { newLevel } from './inject/new-level.js';
import { shift } from './inject/shift.js';
import { unitChange } from './inject/unit-change.js';

/** Ways in which columns come to differ from what they were. All hit scored rows too, as they would in production. */
export const mechanisms: readonly Mechanism<DriftOptions>[] = [
  {
    name: 'shift',
    where: 'both',
    says: 'numbers of one column become larger by two interquartile ranges in the late rows',
    found: { at: 0.3 },
    inject: shift,
  },
  {
    name: 'new-level',
    where: 'both',
    says: 'values of one column become a value never seen before in the late rows',
    found: { at: 0.1 },
    inject: newLevel,
  },
  {
    name: 'unit-change',
    where: 'both',
    says: 'numbers of one column are multiplied by 100 in the late rows, one value of another column after the other',
    found: { at: 0.5 },
    inject: unitChange,
  },
];

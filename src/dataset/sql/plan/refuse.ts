import { AssayError } from '../../../core/errors.js';

/** Says why the step at hand cannot be compiled; never returns. */
export type Refuse = (reason: string) => never;

/** A {@link Refuse} for one step of a plan. */
export function refuseStep(step: number): Refuse {
  return (reason) => {
    throw new AssayError('plan-refused', { step, reason });
  };
}

import { z } from 'zod';

/** A part of a request that says nothing; whatever stands there is not read. */
export const nothing: z.ZodType<null> = z.unknown().transform(() => null);

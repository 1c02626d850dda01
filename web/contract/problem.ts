import { z } from 'zod';

/** What the server says where it cannot answer: a stable code and one sentence for people. Never a stack, never a path. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

export const problem: z.ZodType<Problem> = z.object({ code: z.string(), message: z.string() });

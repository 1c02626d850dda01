import { z } from 'zod';

/** `GET /api/gate`: every rule of every judged run, newest run first. */
export interface GateHistory {
  readonly runs: readonly {
    readonly id: string;
    readonly name: string;
    readonly startedAt: string | null;
    readonly policy: string;
    readonly verdict: 'passed' | 'warned' | 'failed';
    readonly rules: readonly {
      readonly rule: string;
      readonly outcome: 'passed' | 'warned' | 'failed' | 'exempt';
      readonly message: string;
    }[];
  }[];
}
export const gateHistory: z.ZodType<GateHistory> = z.object({
  runs: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      startedAt: z.string().nullable(),
      policy: z.string(),
      verdict: z.enum(['passed', 'warned', 'failed']),
      rules: z.array(
        z.object({ rule: z.string(), outcome: z.enum(['passed', 'warned', 'failed', 'exempt']), message: z.string() }),
      ),
    }),
  ),
});

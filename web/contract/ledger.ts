import { z } from 'zod';
import { count } from './page.js';

/** `GET /api/ledger`: what each repair and rule brought over the runs of the folder, those that gain most first. */
export interface Ledger {
  readonly runs: number;
  readonly lines: readonly {
    readonly kind: 'repair' | 'rule';
    readonly name: string;
    readonly proposed: number;
    readonly accepted: number;
    readonly paid: number;
    readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
    readonly units: number;
    /** True where its last five tries brought nothing. */
    readonly idle: boolean;
  }[];
}
export const ledger: z.ZodType<Ledger> = z.object({
  runs: count,
  lines: z.array(
    z.object({
      kind: z.enum(['repair', 'rule']),
      name: z.string(),
      proposed: count,
      accepted: count,
      paid: count,
      gain: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
      units: count,
      idle: z.boolean(),
    }),
  ),
});

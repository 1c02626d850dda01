import { z } from 'zod';

/** What `run.json` holds: everything about a run that is not a result, so that results stay byte-equal. */
export interface RunRecord {
  readonly id: string;
  readonly command: string;
  /** Name of the training set as the user gave it. */
  readonly name: string;
  readonly version: string;
  /** ISO time, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly seed: number;
  readonly threads: number;
  /** Absolute paths of the files read. */
  readonly files: readonly string[];
  /** Identity of the split, and whether its outer rows were opened: the memory behind `outerUses`. */
  readonly split: string | null;
  readonly outerOpened: boolean;
  /** The plan of trials the budget was turned into; `--plan FILE` replays it. */
  readonly plan?: unknown;
  readonly trainings: number;
  /** The measurements a run was restricted to; absent where it looked for all. */
  readonly wanted?: readonly string[];
  /** Absolute path of the training set, how it was read, and the hash of its content; absent in older runs. */
  readonly source?: {
    readonly path: string;
    readonly encoding?: string;
    readonly header?: boolean;
    readonly hash: string;
  };
  /** True for a run that was cancelled and kept what was finished. */
  readonly cancelled?: boolean;
}

/** Parses `run.json` at the border. */
export const runRecord: z.ZodType<RunRecord> = z.object({
  id: z.string(),
  command: z.string(),
  name: z.string(),
  version: z.string(),
  startedAt: z.string(),
  seconds: z.number(),
  seed: z.number(),
  threads: z.number(),
  files: z.array(z.string()),
  split: z.string().nullable(),
  outerOpened: z.boolean(),
  plan: z.unknown(),
  trainings: z.number(),
  wanted: z.array(z.string()).exactOptional(),
  source: z
    .object({
      path: z.string(),
      encoding: z.string().exactOptional(),
      header: z.boolean().exactOptional(),
      hash: z.string(),
    })
    .exactOptional(),
  cancelled: z.boolean().exactOptional(),
});

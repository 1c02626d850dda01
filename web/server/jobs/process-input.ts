import { z } from 'zod';
import { roleNames, type RoleName } from '../../contract/datasets.js';

/** What the process of a job is told. */
export interface ProcessInput {
  /** Absolute path of the training set. */
  readonly file: string;
  readonly depth: 'audit' | 'run';
  readonly roles: Readonly<Partial<Record<RoleName, string>>>;
  readonly positive?: string;
  readonly budget: number;
  readonly seed: number;
  /** Folder of runs and cache. */
  readonly out: string;
  readonly threads: number;
}

export const processInput: z.ZodType<ProcessInput> = z.object({
  file: z.string(),
  depth: z.enum(['audit', 'run']),
  roles: z.partialRecord(z.enum(roleNames), z.string()),
  positive: z.string().exactOptional(),
  budget: z.number(),
  seed: z.number(),
  out: z.string(),
  threads: z.number(),
});

import { z } from 'zod';
import { roleNames, type RoleName } from '../../contract/datasets.js';

/** What the process of a job is told. */
export interface ProcessInput {
  readonly task: 'audit' | 'plan' | 'run' | 'compare';
  /** Absolute path of the training set; of the later one where two are compared. */
  readonly file: string;
  /** Absolute path of the earlier one. */
  readonly before?: string;
  /** Absolute path of the plan to follow. */
  readonly plan?: string;
  readonly roles: Readonly<Partial<Record<RoleName, string>>>;
  readonly positive?: string;
  readonly budget: number;
  readonly seed: number;
  /** Folder of runs and cache. */
  readonly out: string;
  /** Absolute path of the document that `plan` and `compare` write. */
  readonly document: string;
  readonly threads: number;
}

export const processInput: z.ZodType<ProcessInput> = z.object({
  task: z.enum(['audit', 'plan', 'run', 'compare']),
  file: z.string(),
  before: z.string().exactOptional(),
  plan: z.string().exactOptional(),
  roles: z.partialRecord(z.enum(roleNames), z.string()),
  positive: z.string().exactOptional(),
  budget: z.number(),
  seed: z.number(),
  out: z.string(),
  document: z.string(),
  threads: z.number(),
});

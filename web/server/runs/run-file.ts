import { z } from 'zod';

/** What is read of a run.json; anything else in it is ignored, and what is missing is absent. */
export interface RunFile {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string | null;
  readonly seconds: number | null;
  readonly command: string | null;
  readonly version: string | null;
  readonly cancelled: boolean;
  readonly source: {
    readonly path: string;
    readonly hash: string;
    readonly encoding?: string;
    readonly header?: boolean;
  } | null;
}

const text = z.string().nullish().catch(null);
const schema = z.object({
  name: text,
  startedAt: text,
  seconds: z.number().nullish().catch(null),
  command: text,
  version: text,
  cancelled: z.boolean().nullish().catch(null),
  source: z
    .object({
      path: z.string(),
      hash: z.string(),
      encoding: z.string().exactOptional(),
      header: z.boolean().exactOptional(),
    })
    .nullish()
    .catch(null),
});

/** Parses a run.json leniently; the id is the folder's name, whatever the file says. */
export function parseRunFile(id: string, input: unknown): RunFile {
  const run = schema.safeParse(input).data;
  return {
    id,
    name: run?.name ?? id,
    startedAt: run?.startedAt ?? null,
    seconds: run?.seconds ?? null,
    command: run?.command ?? null,
    version: run?.version ?? null,
    cancelled: run?.cancelled ?? false,
    source: run?.source ?? null,
  };
}

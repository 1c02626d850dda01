import { z } from 'zod';

/** What the list of runs needs of a run.json; anything else in it is ignored, and what is missing shows as absent. */
export interface RunFile {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string | null;
  readonly command: string | null;
  readonly version: string | null;
  readonly status: string | null;
}

const text = z.string().nullish().catch(null);
const schema = z.object({ name: text, startedAt: text, command: text, version: text, status: text });

/** Parses a run.json leniently; the id is the folder's name, whatever the file says. */
export function parseRunFile(id: string, input: unknown): RunFile {
  const run = schema.safeParse(input).data;
  return {
    id,
    name: run?.name ?? id,
    startedAt: run?.startedAt ?? null,
    command: run?.command ?? null,
    version: run?.version ?? null,
    status: run?.status ?? null,
  };
}

import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';

/** What the tests of a detector run in; filled by hooks, so to be read inside tests only. */
interface InEngine {
  engine: Engine;
  run: Run;
}

/** An engine and a run for the tests of a file or of a group of them. */
export function inEngine(): Readonly<InEngine> {
  const place = {} as InEngine;
  beforeAll(async () => {
    place.engine = await createDuckDb({ threads: 2 });
    place.run = createRun({ engine: place.engine, threads: 1 });
  });
  afterAll(async () => {
    await place.run.close();
    await place.engine.close();
  });
  return place;
}

/** Draws of `rows` rows by name, uniform in [0, 1), the same for the same seed. */
export function drawsOf(seed: number, rows: number): (name: string) => readonly number[] {
  const random = createRandom(seed);
  return (name) => {
    const fork = random.fork(name);
    return Array.from({ length: rows }, (_, i) => fork.at(i));
  };
}

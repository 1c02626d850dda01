import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';

/** What tests that write files work with. */
interface Workplace {
  engine: Engine;
  run: Run;
  /** A folder of each test's own, removed after it. */
  base: string;
}

/** An engine for the tests of a file and a folder for each of them; filled by hooks, so to be read inside tests only. */
export function workplace(): Readonly<Workplace> {
  const place = {} as Workplace;
  beforeAll(async () => {
    place.engine = await createDuckDb({ threads: 2, memory: '500MB' });
    place.run = createRun({ engine: place.engine });
  });
  afterAll(async () => place.engine.close());
  beforeEach(async () => void (place.base = await mkdtemp(join(tmpdir(), 'assay-cleaning-'))));
  afterEach(async () => rm(place.base, { recursive: true, force: true }));
  return place;
}

import type { Injection, Mechanism } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { DuplicatesOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { stretchUnits } from '../../src/dataset/sql/shapes/ranked-units.js';

export const inject: readonly Mechanism<DuplicatesOptions>[] = [
  {
    name: 'exact-copies',
    where: 'train',
    says: 'rows are copied once, each with the same chance',
    found: { at: 0.01 },
    inject: (study, run) => {
      const own = drawingFor(run, 'duplicates', 'exact-copies');
      return copies(drawnUnits(study.train, { draw: run.engine.dialect.uniform(own.random.path, 'k') }), 2, own);
    },
  },
  {
    name: 'burst',
    where: 'train',
    says: 'all rows of one stretch of time (of file order where there is no time) are copied three times, as by a retried upload',
    found: { at: 0.01 },
    inject: (study, run) => {
      const own = drawingFor(run, 'duplicates', 'burst');
      return copies(stretchUnits(study.train, null, study.roles.time, own.random.at(0)), 4, own);
    },
  },
];

async function copies(units: Query, times: number, run: Run): Promise<Injection> {
  const laid = await layOutUnits(units, run);
  return {
    ...laid,
    plan: (at) => planOf('duplicates', 'duplicates.injected', { verb: 'repeat-row', where: { keys: at }, times }),
  };
}

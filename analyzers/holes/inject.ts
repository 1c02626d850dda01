import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { HolesOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { blockUnits } from '../../src/dataset/sql/shapes/id-gaps.js';
import { commonestValueUnits, stretchUnits } from '../../src/dataset/sql/shapes/ranked-units.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';

/** Ways in which rows come to be missing: in time, of one part of the rows, of some ids, anywhere. */
export const inject: readonly Mechanism<HolesOptions>[] = [
  {
    name: 'lost-hours',
    where: 'train',
    says: 'all rows of one stretch of time are missing',
    found: {
      at: 0.01,
      until: { dose: 0.3, because: 'too few days are then left on either side to say what is usual' },
    },
    inject: (study, run) => {
      if (study.roles.time === null) return Promise.resolve({ unsupported: 'hours need the role time' });
      return dropped('lost-hours', run, (own) => stretchUnits(study.train, null, study.roles.time, centre(own)));
    },
  },
  {
    name: 'lost-partition',
    where: 'train',
    says: 'the rows of one value of a column are missing for a stretch of time',
    found: { at: 0.05, until: { dose: 0.8, because: 'a value that is absent for so long is one that came or went' } },
    inject: (study, run) => {
      const { time, features } = study.roles;
      const column = features.find((f) => f.kind === 'categorical' && typeKind(f.column.type) === 'text')?.column;
      if (time === null || column === undefined)
        return Promise.resolve({ unsupported: 'a partition needs the role time and a column of texts' });
      return dropped('lost-partition', run, (own) => commonestValueUnits(study.train, column, time, centre(own)));
    },
  },
  {
    name: 'lost-ids',
    where: 'train',
    says: 'all rows of a block of consecutive ids are missing',
    found: {
      at: 0.05,
      until: { dose: 0.4, because: 'a block so long reaches the first or the last id, and where ids end is not known' },
    },
    inject: (study, run, { column }) => {
      const ids = idColumn(study, column);
      if (ids === null)
        return Promise.resolve({ unsupported: 'blocks of ids need a user or item column of whole numbers' });
      return dropped('lost-ids', run, (own) => blockUnits(study.train, ids, centre(own)));
    },
  },
  {
    name: 'lost-anywhere',
    where: 'train',
    says: 'rows are missing at random',
    found: { blind: 'rows that are missing at random leave no hole' },
    inject: (study, run) =>
      dropped('lost-anywhere', run, (own) =>
        drawnUnits(study.train, { draw: own.engine.dialect.uniform(own.random.path, 'k') }),
      ),
  },
];

/** Away from both ends, where a hole is only a file that begins later or ends earlier. */
function centre({ random }: Run): number {
  return 0.2 + 0.6 * random.at(0);
}

function idColumn({ train, roles }: Study, name: string): Column | null {
  const chosen = name === '' ? [roles.user, roles.item] : [columnNamed(train, name)];
  return chosen.find((c) => c !== null && c !== undefined && typeKind(c.type) === 'integer') ?? null;
}

async function dropped(name: string, run: Run, unitsOf: (own: Run) => Query): Promise<Injection | Unsupported> {
  const own = drawingFor(run, 'holes', name);
  const laid = await layOutUnits(unitsOf(own), own);
  return {
    ...laid,
    plan: (keys) => planOf('holes', 'holes.injected', { verb: 'drop-row', where: { keys } }),
  };
}

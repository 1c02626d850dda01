import type { Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { EmbeddingsOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { drawnVector, tellingVector, vectorSql } from '../../src/dataset/sql/shapes/vector-cells.js';
import { isVector } from '../../src/dataset/sql/type-kinds.js';

/** Factor of vectors that were made without their normalisation. */
const times = 100;

type Value = (column: Column, study: Study, run: Run) => string;

/** What goes wrong between the model that makes vectors and the table: a default, a stuck cache, a cut, a missed normalisation. */
export const inject: readonly Mechanism<EmbeddingsOptions>[] = [
  {
    name: 'zeroed',
    where: 'both',
    says: 'vectors become zeros, as where a lookup failed',
    found: { at: 0.01 },
    inject: writing('zeroed', vectorSql.zeroed),
  },
  {
    name: 'stale-copies',
    where: 'both',
    says: 'vectors become that of one other row, as from a cache that is stuck',
    found: {
      at: 0.01,
      until: { dose: 0.5, because: 'where one vector is all there is, no other vectors show whose they are' },
    },
    inject: writing('stale-copies', (column, study, run) =>
      drawnVector(study.whole, column, `${run.random.path}/stuck`, run.engine.dialect),
    ),
  },
  {
    name: 'truncated',
    where: 'both',
    says: 'vectors lose their second half',
    found: { at: 0.01, until: { dose: 0.4, because: 'the length of most vectors is then the short one' } },
    inject: writing('truncated', vectorSql.truncated),
  },
  {
    name: 'scaled',
    where: 'both',
    says: `vectors become ${times} times as long, as where they were not normalised`,
    found: { at: 0.01, until: { dose: 0.2, because: 'the quartiles of the norms then lie among the damaged ones' } },
    inject: writing('scaled', (column) => vectorSql.scaled(column, times)),
  },
];

function writing(name: string, value: Value): Mechanism<EmbeddingsOptions>['inject'] {
  return async (study, run, options) => {
    const column = vectorColumn(study, options.column);
    if ('unsupported' in column) return column;
    const own = drawingFor(run, 'embeddings', name);
    const to = value(column, study, own);
    const units = drawnUnits(study.whole, {
      where: `${tellingVector(column)} AND ${to} IS DISTINCT FROM ${column.id}`,
      draw: own.engine.dialect.uniform(own.random.path, 'k'),
      value: to,
    });
    const laid = await layOutUnits(units, own);
    return {
      ...laid,
      plan: (list) => planOf('embeddings', 'embeddings.injected', { verb: 'set-cell', column: column.name, list }),
    };
  };
}

function vectorColumn({ whole }: Study, name: string): Column | Unsupported {
  const column = name === '' ? whole.columns.find(({ type }) => isVector(type)) : columnNamed(whole, name);
  if (column === undefined || !isVector(column.type)) return { unsupported: 'there is no column of vectors to damage' };
  return column;
}

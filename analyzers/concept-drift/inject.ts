import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { ConceptDriftOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { exchangedUnits, isLateSql, mirroredUnits } from '../../src/dataset/sql/shapes/turned-units.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { featureAucs } from '../../src/derived/single-feature-auc.js';

/** Ways in which a feature stops to say what it said: its sign turns, or it comes to say nothing. Both last, so scored rows have them too. */
export const inject: readonly Mechanism<ConceptDriftOptions>[] = [
  {
    name: 'reversed-effect',
    where: 'both',
    says: 'numbers of the best feature are mirrored at its median in late rows, so that what was good is bad',
    found: { at: 1 },
    inject: (study, run, options) =>
      turned('reversed-effect', study, run, options, (column, where, { engine, random }) =>
        mirroredUnits(study.whole, column, where, random.path, engine.dialect),
      ),
  },
  {
    name: 'lost-effect',
    where: 'both',
    says: 'numbers of the best feature change places between late rows, so that they say nothing',
    found: { at: 1 },
    inject: (study, run, options) =>
      turned('lost-effect', study, run, options, (column, where, { engine, random }) =>
        exchangedUnits(study.whole, column, where, random.path, engine.dialect),
      ),
  },
];

async function turned(
  name: string,
  study: Study,
  run: Run,
  { lateShare, column: chosen }: ConceptDriftOptions,
  unitsOf: (column: Column, where: string, own: Run) => Query,
): Promise<Injection | Unsupported> {
  const { time } = study.roles;
  if (time === null) return { unsupported: 'late rows need the role time' };
  const column = chosen === '' ? await bestNumber(study, run) : columnNamed(study.whole, chosen);
  if (column === undefined || !isNumeric(column.type)) return { unsupported: 'there is no numeric feature to turn' };
  const own = drawingFor(run, 'concept-drift', name);
  const where = isLateSql(study.train, time, lateShare, own.engine.dialect);
  const laid = await layOutUnits(unitsOf(column, where, own), own);
  return {
    ...laid,
    plan: (list) => planOf('concept-drift', 'concept-drift.injected', { verb: 'set-cell', column: column.name, list }),
  };
}

/** The numeric feature that ranks the label best alone, the first of equals. */
async function bestNumber(study: Study, run: Run): Promise<Column | undefined> {
  const aucs = await featureAucs(study, run);
  const numeric = study.roles.features.filter((f) => f.kind === 'numeric' && isNumeric(f.column.type));
  const auc = (column: Column): number => aucs.get(column.name) ?? 0.5;
  return numeric.map((f) => f.column).toSorted((a, b) => auc(b) - auc(a))[0];
}

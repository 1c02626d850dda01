import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Json } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { expr, planOf } from '../../src/core/plan.js';

const code = 'position-bias.effect';
/** Beyond this a few positives would stand for all. */
const mostWeight = 10;

/** Positives count by how seldom their position is looked at (Joachims, Swaminathan and Schnabel 2017), or the position is not learned from. */
export function repair({ roles }: Study, { findings }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const effect = findings.find((finding) => finding.code === code);
  const { position, label } = roles;
  if (effect === undefined || position === null || label === null) return Promise.resolve([]);
  const isPositive = expr.cmp('=', expr.col(label.column.name), expr.literal(label.column.type, label.positive));
  const seen = list(effect.args['seen']);
  const weights = seen.map(({ position: place, ratio }): Verb => {
    const here = expr.cmp('=', expr.col(position.name), expr.literal(position.type, String(place)));
    const factor = Number(Math.min(mostWeight, Math.max(1 / mostWeight, 1 / ratio)).toPrecision(6));
    return { verb: 'weight-row', where: { rule: expr.and(isPositive, here) }, factor };
  });
  const units = list(effect.args['rates']).reduce((sum, { positives }) => sum + positives, 0);
  const weighting: Repair[] =
    weights.length === 0
      ? []
      : [
          {
            id: 'weight-by-inverse-propensity',
            title: 'weight positives by how seldom their position is looked at',
            plan: planOf('position-bias', code, ...weights),
            units,
          },
        ];
  const isFeature = roles.features.some((f) => f.column.id === position.id);
  const dropping: Repair[] = isFeature
    ? [
        {
          id: 'drop-position',
          title: `drop ${position.name}, which is not known before items are ranked`,
          plan: planOf('position-bias', code, { verb: 'drop-column', column: position.name }),
          units: list(effect.args['rates']).reduce((sum, { rows }) => sum + rows, 0),
        },
      ]
    : [];
  return Promise.resolve([...weighting, ...dropping]);
}

interface Place {
  readonly position: number;
  readonly ratio: number;
  readonly rows: number;
  readonly positives: number;
}

function list(value: Json | undefined): readonly Place[] {
  return Array.isArray(value) ? (value as Place[]) : [];
}

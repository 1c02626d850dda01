import type { Evidence, Finding, Flagged, Measurement } from '../../src/core/evidence.js';
import type { Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { OverlapOptions } from './options.js';
import type { Shared } from './shared.js';
import { flaggedShared, sharedUnits } from '../../src/dataset/sql/shapes/shared-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { describingColumns } from '../../src/derived/describing-columns.js';
import { expectedPairs } from '../../src/derived/expected-pairs.js';
import { wilson } from '../../src/stats/proportion.js';
import { nearRows } from './near.js';
import { equalIn } from './shared.js';

/** Equal rows are told from coincidence where there are this many times as many as independent columns give. */
const overChance = 2;

/** Looks for rows, near copies, users and groups that the test file shares with the training rows. */
export async function detect(study: Study, run: Run, { width }: OverlapOptions): Promise<Evidence> {
  const { train, test, roles } = study;
  if (test === null || train.rows === 0 || test.rows === 0) return none;
  const apart = new Set([roles.label?.column.id, roles.weight?.id]);
  const columns = (await describingColumns(study, run)).filter(({ id }) => !apart.has(id));
  const exact = await equalIn(
    study,
    test,
    columns.map(({ id }) => id),
    'exact',
    run,
  );
  const near = await nearRows(study, test, columns, exact, width, run);
  const chance = exact.test === 0 ? 0 : await expectedPairs(train, columns, train.rows * test.rows, run);
  const kinds = [
    ...exact.tables.map((table) => ({ table, code: 'overlap.exact', score: 1 })),
    ...near.tables.map((table) => ({ table, code: 'overlap.near', score: 0.9 })),
  ];
  const flagged = await flag(train, kinds, run);
  const units = await sharedUnitsOf(study, test, run);
  const names = train.columns.filter((c) => !columns.includes(c) && !apart.has(c.id)).map((c) => c.name);
  return {
    measurements: [
      share('share', flagged?.rows ?? 0, train.rows),
      share('test-share', exact.test, test.rows),
      share('near-test-share', near.test, test.rows),
      { name: 'overlap.by-chance', value: chance, unit: 'count' },
      ...units.map(({ measure, known, of }) => share(measure, known, of)),
    ],
    findings: [
      ...rowFindings(exact, near, chance, test.rows, names),
      ...units.flatMap(({ measure, known, of }): Finding[] => {
        if (known === 0) return [];
        const args = { known, units: of, share: known / of };
        return measure === 'user-share'
          ? [{ code: 'overlap.users', severity: 'note', args }]
          : [{ code: 'overlap.groups', severity: 'suspect', args }];
      }),
    ],
    score: (flagged?.rows ?? 0) / train.rows,
    flagged,
  };
}

const none: Evidence = { measurements: [], findings: [], score: 0, flagged: null };

function share(measure: string, hits: number, of: number): Measurement {
  return { name: `overlap.${measure}`, value: of === 0 ? 0 : hits / of, unit: 'share', ...wilson(hits, of) };
}

function rowFindings(
  exact: Shared,
  near: Shared,
  chance: number,
  testRows: number,
  apart: readonly string[],
): readonly Finding[] {
  const argsOf = ({ train, test, otherLabel }: Shared): Finding['args'] => {
    return { rows: train, test, share: test / testRows, otherLabel };
  };
  const severity = exact.test > overChance * chance ? 'suspect' : 'note';
  const args = { ...argsOf(exact), chance, apart };
  return [
    ...(exact.test > 0 ? [{ code: 'overlap.exact', severity, args } as const] : []),
    ...(near.test > 0 ? [{ code: 'overlap.near', severity: 'suspect', args: argsOf(near) } as const] : []),
  ];
}

async function flag(train: Relation, kinds: Parameters<typeof flaggedShared>[0], run: Run): Promise<Flagged | null> {
  if (kinds.length === 0) return null;
  const relation = tableName('flagged_overlap', train.name);
  const { rows } = await run.engine.write(
    flaggedShared(kinds, run.engine.dialect),
    { kind: 'table', name: relation },
    run,
  );
  return rows === 0 ? null : { relation, rows };
}

interface Units {
  readonly measure: 'user-share' | 'group-share';
  readonly known: number;
  readonly of: number;
}

async function sharedUnitsOf({ train, roles }: Study, test: Relation, run: Run): Promise<readonly Units[]> {
  const found: Units[] = [];
  for (const [measure, column] of [
    ['user-share', roles.user],
    ['group-share', roles.group],
  ] as const) {
    if (column === null) continue;
    const [row = {}] = await run.engine.rows(sharedUnits(train, test, column), 1, run);
    found.push({ measure, known: Number(row['known']), of: Number(row['units']) });
  }
  return found;
}

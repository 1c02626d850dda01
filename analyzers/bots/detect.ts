import type { Evidence, Finding, Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Activity, Sums } from './honest-rate.js';
import type { BotsOptions } from './options.js';
import { flaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { rowCount } from '../../src/dataset/sql/shapes/row-count.js';
import {
  activitySums,
  crowdingUsers,
  eagerUsers,
  evenUsers,
  userActivity,
} from '../../src/dataset/sql/shapes/user-activity.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { round12 } from '../../src/stats/round12.js';
import { binomialTail, eager } from './honest-rate.js';

const code = { eager: 'bots.eager', even: 'bots.fixed-intervals', crowding: 'bots.volume' } as const;
const mostUsers = 100_000;
/** In a log of fewer users one may well have a twentieth of the rows. */
const usersForVolume = 200;
/** Intervals that more than this share of users keep are those of the clock, not of a machine. */
const coarseClock = 0.05;

/** Finds users who click, come or keep time as no person does. */
export async function detect(study: Study, run: Run, options: BotsOptions): Promise<Evidence> {
  const { train, roles } = study;
  const { engine } = run;
  if (roles.user === null || roles.label === null) return quiet;
  const table = tableName('user_activity', train.name);
  const query = userActivity(train, roles.user, roles.label, roles.time, engine.dialect);
  await engine.write(query, { kind: 'table', name: table }, run);
  const sums = await sumsOf(table, run);
  const groups: readonly (readonly [string, readonly string[]])[] = [
    [code.eager, (await eagerOnes(table, sums, run, options)).map(({ user }) => user)],
    [code.even, await evenOnes(study, table, sums, run, options)],
    [code.crowding, await crowdingOnes(study, table, sums, run, options)],
  ];
  await engine.drop(table, run);
  return evidenceOf(study, groups, sums, run);
}

const measured = (users: number, share: number): Evidence['measurements'] => [
  { name: 'bots.users', value: users, unit: 'count' },
  { name: 'bots.share', value: round12(share), unit: 'share' },
];
const quiet: Evidence = { measurements: measured(0, 0), findings: [], score: 0, flagged: null };

async function sumsOf(table: string, run: Run): Promise<Sums> {
  const [row = {}] = await run.engine.rows(activitySums(table), 1, run);
  const number = (name: string): number => round12(Number(row[name] ?? 0));
  return {
    users: number('users'),
    rows: number('n'),
    positives: number('y'),
    pairs: number('pairs'),
    hits: number('hits'),
  };
}

async function eagerOnes(
  table: string,
  sums: Sums,
  run: Run,
  { alpha, times }: BotsOptions,
): Promise<readonly Activity[]> {
  const base = sums.positives / sums.rows;
  if (!(base > 0 && base < 1)) return [];
  const odds = (times * base) / (1 - base);
  const rate = odds / (1 + odds);
  // Without the correction for many users, so that a machine that just goes by does not pass for a spread of people.
  const rows = await run.engine.rows(eagerUsers(table, rate, alpha, mostUsers), mostUsers, run);
  const suspects = rows.map((row) => ({ user: String(row['u']), rows: Number(row['n']), positives: Number(row['y']) }));
  const isCalled = (user: Activity): boolean => binomialTail(user, rate) < alpha / sums.users;
  return eager(sums, suspects, alpha).filter(isCalled);
}

async function evenOnes(
  { train, roles }: Study,
  table: string,
  { users }: Sums,
  run: Run,
  { leastRows, sameInterval }: BotsOptions,
): Promise<readonly string[]> {
  if (roles.user === null || roles.time === null || roles.time.type === 'DATE') return [];
  const query = evenUsers(train, roles.user, roles.time, table, leastRows, sameInterval, run.engine.dialect);
  const rows = await run.engine.rows(query, Math.max(1, users), run);
  return rows.length > Math.max(1, coarseClock * users) ? [] : rows.map((row) => String(row['u']));
}

async function crowdingOnes(
  { train }: Study,
  table: string,
  { users }: Sums,
  run: Run,
  { volumeShare }: BotsOptions,
): Promise<readonly string[]> {
  if (users < usersForVolume) return [];
  const rows = await run.engine.rows(crowdingUsers(table, volumeShare * train.rows, mostUsers), mostUsers, run);
  return rows.map((row) => String(row['u']));
}

async function evidenceOf(
  study: Study,
  groups: readonly (readonly [string, readonly string[]])[],
  { rows, positives }: Sums,
  run: Run,
): Promise<Evidence> {
  const { train, roles } = study;
  const { engine } = run;
  const user = roles.user!;
  const named = new Set<string>();
  const parts = groups.flatMap(([name, users]) => {
    const own = users.filter((u) => !named.has(u));
    for (const u of own) named.add(u);
    return own.length === 0 ? [] : [{ name, users: own }];
  });
  if (parts.length === 0) return quiet;
  const text = `CAST(${user.id} AS VARCHAR)`;
  const query = flaggedRows(
    parts.map((part) => ({
      from: train.name,
      where: `${text} IN (${part.users.map((u) => engine.dialect.text(u)).join(', ')})`,
      code: part.name,
      score: '1',
      column: user.name,
      args: { user: text },
    })),
    engine.dialect,
  );
  const flagged: Flagged = { relation: tableName('flagged_bots', train.name), rows: 0 };
  await engine.write(query, { kind: 'view', name: flagged.relation }, run);
  const [row] = await engine.rows(rowCount(flagged.relation), 1, run);
  const count = Number(row?.['n']);
  const base = round12(positives / Math.max(1, rows));
  const findings = parts.map((part): Finding => ({
    code: part.name,
    severity: part.name === code.crowding ? 'suspect' : 'problem',
    args: { users: part.users.length, names: part.users.slice(0, 20), base },
  }));
  const share = count / Math.max(1, train.rows);
  return { measurements: measured(named.size, share), findings, score: share, flagged: { ...flagged, rows: count } };
}

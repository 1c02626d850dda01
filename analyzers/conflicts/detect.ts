import type { Evidence, Finding, Flagged } from '../../src/core/evidence.js';
import type { Query } from '../../src/core/engine.js';
import type { Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { Sameness } from '../../src/dataset/sql/shapes/conflict-groups.js';
import type { Repeats } from './judge.js';
import type { ConflictsOptions } from './options.js';
import {
  anyMomentConflicts,
  conflictGroups,
  conflictSummary,
  labelCounts,
  sameMomentConflicts,
  sharedMoments,
} from '../../src/dataset/sql/shapes/conflict-groups.js';
import {
  stacked,
  codedConflicts,
  conflictCounts,
  flaggedConflicts,
} from '../../src/dataset/sql/shapes/conflict-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { findRepeatedRows } from '../../src/derived/repeated-rows.js';
import { wilson } from '../../src/stats/proportion.js';
import { otherMoment, sameMoment } from './codes.js';
import { areCopies, exceedsChance } from './judge.js';
import { conflictTable } from './tables.js';

/** From this share of outdated negatives on, labels are thought to arrive late rather than to be wrong. */
const delayedShare = 0.9;

/** Finds rows with equal features and unlike labels, where they are more than coincidence. */
export async function detect(study: Study, run: Run, options: ConflictsOptions): Promise<Evidence> {
  const { train, roles } = study;
  const { features, alike } = await findRepeatedRows(study, run);
  if (roles.label === null || features.length === 0) return quiet(train, null);
  const sameness: Sameness = { features, time: roles.time, label: roles.label };
  const groups = tableName('conflict_groups', train.name);
  await run.engine.write(conflictGroups(alike), { kind: 'table', name: groups }, run);
  const repeats = await summarise(train, sameness, groups, run);
  const codes = await writeConflicts(train, sameness, groups, repeats, run, options);
  await run.engine.drop(groups, run);
  return codes === 0 ? quiet(train, repeats) : evidenceOf(train, roles.label, repeats, run);
}

async function summarise(train: Relation, { label }: Sameness, groups: string, run: Run): Promise<Repeats> {
  const { engine } = run;
  const [counts = {}] = await engine.rows(labelCounts(train, label, engine.dialect), 1, run);
  const rate = Number(counts['positives']) / Math.max(1, Number(counts['rows']));
  const [row = {}] = await engine.rows(conflictSummary(groups, rate), 1, run);
  const number = (name: string): number => Number(Number(row[name] ?? 0).toPrecision(12));
  return {
    groups: number('groups'),
    mixed: number('mixed'),
    expected: number('expected'),
    variance: number('variance'),
    samePairs: number('same_pairs'),
    pairs: number('pairs'),
  };
}

/** Writes the conflicting rows under the codes that are more than chance; returns how many codes there are. */
async function writeConflicts(
  train: Relation,
  sameness: Sameness,
  groups: string,
  repeats: Repeats,
  run: Run,
  options: ConflictsOptions,
): Promise<number> {
  const { dialect } = run.engine;
  const parts: string[] = [];
  const add = async (query: Query, code: string): Promise<void> => {
    const name = tableName('conflict_part', train.name, String(parts.length));
    await run.engine.write(codedConflicts(query, code, parts[0] ?? null, dialect), { kind: 'table', name }, run);
    parts.push(name);
  };
  const { time } = sameness;
  if (time !== null && repeats.samePairs > 0) {
    const [row = {}] = await run.engine.rows(sharedMoments(train, time), 1, run);
    if (areCopies(repeats, Number(row['share'])))
      await add(sameMomentConflicts(train, sameness, groups, dialect), sameMoment);
  }
  if (exceedsChance(repeats, options.excessZ))
    await add(anyMomentConflicts(train, sameness, groups, dialect), otherMoment);
  if (parts.length === 0) return 0;
  await run.engine.write(stacked(parts), { kind: 'table', name: conflictTable(train) }, run);
  for (const part of parts) await run.engine.drop(part, run);
  return parts.length;
}

function quiet(train: Relation, repeats: Repeats | null): Evidence {
  const findings: Finding[] = repeats === null || repeats.mixed === 0 ? [] : [chanceFinding(repeats)];
  return { measurements: measurementsOf(0, train.rows, repeats), findings, score: 0, flagged: null };
}

function chanceFinding({ groups, mixed, expected }: Repeats): Finding {
  return { code: 'conflicts.by-chance', severity: 'note', args: { groups, mixed, expected } };
}

async function evidenceOf(train: Relation, label: Label, repeats: Repeats, run: Run): Promise<Evidence> {
  const { engine } = run;
  const table = conflictTable(train);
  const counts = await engine.rows(conflictCounts(table), 2, run);
  const findings = counts.map((row): Finding => {
    const code = String(row['code']);
    const outdated = Number(row['outdated_negative']);
    const delayed = code === otherMoment && outdated >= delayedShare;
    const args = {
      rows: Number(row['rows']),
      flagged: Number(row['flagged']),
      groups: repeats.groups,
      mixed: repeats.mixed,
      expected: repeats.expected,
    };
    return { code: delayed ? 'conflicts.delayed' : code, severity: delayed ? 'note' : 'suspect', args };
  });
  const rows = counts.reduce((sum, row) => sum + Number(row['flagged']), 0);
  const flagged: Flagged = { relation: tableName('flagged_conflicts', train.name), rows };
  const query = flaggedConflicts(table, label.negative, label.positive, engine.dialect);
  await engine.write(query, { kind: 'view', name: flagged.relation }, run);
  return { measurements: measurementsOf(rows, train.rows, repeats), findings, score: rows / train.rows, flagged };
}

function measurementsOf(flagged: number, rows: number, repeats: Repeats | null): Evidence['measurements'] {
  const { low, high } = wilson(flagged, rows);
  const share = { name: 'conflicts.share', value: rows === 0 ? 0 : flagged / rows, unit: 'share', low, high } as const;
  if (repeats === null || repeats.groups === 0) return [share];
  return [
    share,
    { name: 'conflicts.group-share', value: repeats.mixed / repeats.groups, unit: 'share' },
    { name: 'conflicts.group-share-by-chance', value: repeats.expected / repeats.groups, unit: 'share' },
  ];
}

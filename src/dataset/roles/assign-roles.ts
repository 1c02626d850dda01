import type { Column, Relation } from '../../core/relation.js';
import type { Feature, RoleName, Roles } from '../../core/study.js';
import type { Run } from '../../core/run.js';
import type { ColumnRole } from './time-role.js';
import { AssayError } from '../../core/errors.js';
import { distinctCounts, firstRepeat } from '../sql/shapes/role-facts.js';
import { kindOf } from './column-kind.js';
import { findColumn } from './find-column.js';
import { keyLike } from './key-like.js';
import { groupNames, itemNames, plainName, positionNames, userNames, weightNames } from './known-names.js';
import { labelRole } from './label-role.js';
import { timeRole } from './time-role.js';

/** Roles as the user names them; what is not named is inferred. */
export interface RoleOptions {
  readonly label?: string;
  readonly positive?: string;
  readonly time?: string;
  readonly user?: string;
  readonly item?: string;
  readonly position?: string;
  readonly group?: string;
  readonly weight?: string;
  readonly domain?: string;
  readonly key?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Gives every column its role, with the reason for each guess and for each column a model does not see. */
export async function assignRoles(relation: Relation, options: RoleOptions, run: Run): Promise<Roles> {
  const excluded = new Map<string, { column: Column; reason: string }>();
  const exclude = (column: Column, reason: string): void => {
    if (!excluded.has(column.id)) excluded.set(column.id, { column, reason });
  };
  const key = (options.key ?? []).map((name) => findColumn(relation, name, 'key'));
  await proveUnique(relation, key, run);
  for (const name of options.exclude ?? []) exclude(findColumn(relation, name, 'exclude'), 'excluded by the user');
  for (const column of key) exclude(column, 'part of the key');
  const not = new Set(excluded.keys());

  const label = await labelRole(relation, { label: options.label, positive: options.positive, not }, run);
  if (label !== null) not.add(label.label.column.id);
  const keys = await keyLike(relation, not, run);
  const time = await timeRole(relation, options.time, new Set([...not, ...keys.keys()]), run);
  const ids = await idRoles(relation, options, new Set([...not, ...keys.keys()]), run);
  const { user, item, position, group, weight } = ids;
  const domain = domainRole(relation, options.domain, [label?.label.column, time?.column]);

  if (label !== null) exclude(label.label.column, 'the label');
  if (time !== null) exclude(time.column, 'the time of the row');
  if (weight !== null) exclude(weight.column, 'the weight of the row');
  const chosen = new Set([user, item, position, group, domain].map((r) => r?.column.id));
  for (const [id, reason] of keys)
    if (!chosen.has(id))
      exclude(
        relation.columns.find((c) => c.id === id)!,
        reason,
      );
  const levels = new Set([user, item, group, domain].map((r) => r?.column.id));
  const features: Feature[] = [];
  for (const column of relation.columns) {
    if (excluded.has(column.id)) continue;
    const kind = levels.has(column.id) ? 'categorical' : featureKind(column);
    if (kind === null) exclude(column, unusable(column));
    else features.push({ column, kind });
  }
  const reasons: Partial<Record<RoleName, string>> = {};
  const roles = { time, user, item, position, group, weight, domain };
  for (const [name, role] of Object.entries(roles))
    if (role !== null) reasons[name as keyof typeof roles] = role.reason;
  if (label !== null) reasons.label = label.reason;
  if (key.length > 0) reasons.key = 'given, unique in every row';
  return {
    label: label?.label ?? null,
    time: time?.column ?? null,
    user: user?.column ?? null,
    item: item?.column ?? null,
    position: position?.column ?? null,
    group: group?.column ?? null,
    weight: weight?.column ?? null,
    domain: domain?.column ?? null,
    key,
    features,
    excluded: relation.columns.flatMap((c) => excluded.get(c.id) ?? []),
    reasons,
  };
}

function featureKind(column: Column): Feature['kind'] | null {
  const kind = kindOf(column.type);
  if (kind === 'number') return 'numeric';
  return kind === 'text' ? 'categorical' : null;
}

function unusable(column: Column): string {
  return kindOf(column.type) === 'moment'
    ? 'a date: as it stands it only tells rows of one period from those of another'
    : `a model cannot read values of type ${column.type}`;
}

async function proveUnique(relation: Relation, key: readonly Column[], run: Run): Promise<void> {
  if (key.length === 0) return;
  const [repeat] = await run.engine.rows(firstRepeat(relation, key), 1, run);
  if (repeat === undefined) return;
  const example = key.map((c) => `${c.name} = ${JSON.stringify(repeat[c.id])}`).join(', ');
  throw new AssayError('key-not-unique', { columns: key.map((c) => c.name), example });
}

type IdRole = 'user' | 'item' | 'position' | 'group' | 'weight';

/** Roles that go by name. A user or group that is another one in every row groups nothing, so it is none. */
async function idRoles(
  relation: Relation,
  options: RoleOptions,
  not: ReadonlySet<string>,
  run: Run,
): Promise<Record<IdRole, ColumnRole | null>> {
  const taken = new Set(not);
  const role = async (name: IdRole, names: readonly string[], numeric: boolean): Promise<ColumnRole | null> => {
    const given = options[name];
    const found: ColumnRole | null =
      given === undefined
        ? await namedLike(relation, names, numeric, taken, run)
        : { column: givenColumn(relation, given, name, numeric), reason: 'given' };
    if (found !== null) taken.add(found.column.id);
    return found;
  };
  return {
    user: await role('user', userNames, false),
    item: await role('item', itemNames, false),
    position: await role('position', positionNames, true),
    group: await role('group', groupNames, false),
    weight: await role('weight', weightNames, true),
  };
}

/** Never guessed: a country is a source of rows here and a plain feature there. It may have another role too, but for label and time. */
function domainRole(
  relation: Relation,
  given: string | undefined,
  taken: readonly (Column | undefined)[],
): ColumnRole | null {
  if (given === undefined) return null;
  const column = findColumn(relation, given, 'domain');
  const kind = kindOf(column.type);
  const isTaken = taken.some((other) => other?.id === column.id);
  if (!isTaken && (kind === 'text' || kind === 'number')) return { column, reason: 'given' };
  throw new AssayError('option-invalid', {
    option: '--domain',
    value: given,
    expected: isTaken
      ? 'a column that is neither the label nor the time'
      : `a column of text or numbers; it is ${column.type}`,
  });
}

function givenColumn(relation: Relation, given: string, role: IdRole, numeric: boolean): Column {
  const column = findColumn(relation, given, role);
  if (!numeric || kindOf(column.type) === 'number') return column;
  throw new AssayError('option-invalid', {
    option: `--${role}`,
    value: given,
    expected: `a column of numbers; it is ${column.type}`,
  });
}

async function namedLike(
  relation: Relation,
  names: readonly string[],
  numeric: boolean,
  taken: ReadonlySet<string>,
  run: Run,
): Promise<ColumnRole | null> {
  for (const name of names) {
    const column = relation.columns.find((c) => plainName(c.name) === name && !taken.has(c.id));
    if (column === undefined) continue;
    const kind = kindOf(column.type);
    if (kind !== 'number' && (numeric || kind !== 'text')) continue;
    if (numeric || (await repeats(relation, column, run)))
      return { column, reason: `by its name ${JSON.stringify(column.name)}` };
  }
  return null;
}

async function repeats(relation: Relation, column: Column, run: Run): Promise<boolean> {
  const [counts] = await run.engine.rows(distinctCounts(relation, [column]), 1, run);
  return Number(counts![`${column.id}_values`]) < Number(counts![`${column.id}_cells`]);
}

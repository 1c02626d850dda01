import type { Defect } from '../core/defect.js';
import type { Place, YamlFile } from '../core/yaml-file.js';
import type { Exemption, OnUnknown, Policy, Rule, Subject } from './policy.js';
import { bounds } from '../core/gate.js';
import { nearest } from '../core/nearest.js';
import { parseYaml } from '../core/yaml-file.js';
import { extend, ruleName } from './policy.js';
import { policyFile, policyKeys, type PolicyFile, type RuleEntry } from './policy-schema.js';

/** What parsing a policy needs to know. */
export interface PolicyWorld {
  /** For the names of measurements and defects. */
  readonly defects: readonly Defect[];
  /** Today as YYYY-MM-DD; exemptions that ended before it are an error. */
  readonly today: string;
  /** File and text of the policy another one extends. */
  read(name: string, from: string): Promise<{ readonly file: string; readonly text: string }>;
}

/**
 * Parses the text of a policy file with those it extends.
 *
 * @throws AssayError `config-invalid` with line, column and the nearest valid name: YAML faults, unknown keys,
 *   measurements or defects, negative budgets, rules without a limit, exemptions that have expired or name no rule,
 *   and policies that extend one another in a circle.
 */
export async function parsePolicy(file: string, text: string, world: PolicyWorld): Promise<Policy> {
  return parse(file, text, world, [file]);
}

async function parse(file: string, text: string, world: PolicyWorld, chain: readonly string[]): Promise<Policy> {
  const yaml = parseYaml(file, text, policyFile, policyKeys);
  const { value } = yaml;
  const parent = value.extends === undefined ? null : await parentOf(value.extends, file, yaml, world, chain);
  const unknown = value.unknown ?? parent?.unknown ?? 'fail';
  const own: Policy = {
    name: value.name ?? fileName(file),
    unknown,
    analyzers: value.analyzers ?? unfinished(value.unknown) ?? parent?.analyzers ?? 'fail',
    baseline: value.baseline ?? null,
    rules: value.rules.flatMap((entry, i) => rulesOf(entry, ['rules', i], unknown, yaml, world)),
    exemptions: value.exemptions,
  };
  const whole = parent === null ? own : extend(parent, own);
  value.exemptions.forEach((exemption, i) => checkExemption(exemption, i, whole, yaml, world));
  return whole;
}

/** What an analyzer that did not finish does where only `unknown` is said: the same, but it is never passed over. */
function unfinished(unknown: OnUnknown | undefined): Policy['analyzers'] | undefined {
  return unknown === 'pass' ? 'warn' : unknown;
}

async function parentOf(
  name: string,
  from: string,
  yaml: YamlFile<PolicyFile>,
  world: PolicyWorld,
  chain: readonly string[],
): Promise<Policy> {
  const { file, text } = await world.read(name, from).catch((cause: unknown) => {
    const fault = yaml.fault(['extends'], `no policy ${JSON.stringify(name)} is shipped or lies beside this file`);
    fault.cause = cause;
    throw fault;
  });
  if (chain.includes(file)) throw yaml.fault(['extends'], `${JSON.stringify(name)} extends this policy itself`);
  return parse(file, text, world, [...chain, file]);
}

/** One rule for each limit of an entry. */
function rulesOf(
  entry: RuleEntry,
  place: Place,
  unknown: OnUnknown,
  yaml: YamlFile<PolicyFile>,
  world: PolicyWorld,
): Rule[] {
  const on = subjectOf(entry, place, yaml, world);
  const allowed = on.kind === 'measurement' ? bounds.filter((bound) => bound !== 'budget') : (['budget'] as const);
  const given = bounds.filter((bound) => entry[bound] !== undefined);
  const wrong = given.find((bound) => !allowed.some((a) => a === bound));
  if (wrong !== undefined)
    throw yaml.fault([...place, wrong], `${wrong} does not go with ${on.kind}; use ${allowed.join(', ')}`);
  if (given.length === 0) throw yaml.fault(place, `the rule has no limit; give ${allowed.join(', ')}`);
  return given.map((bound) => ({
    on,
    bound,
    limit: entry[bound]!,
    level: entry.level,
    unknown: entry.unknown ?? unknown,
  }));
}

function subjectOf(entry: RuleEntry, place: Place, yaml: YamlFile<PolicyFile>, world: PolicyWorld): Subject {
  const kinds = (['measurement', 'gain', 'sensitivity'] as const).filter((kind) => entry[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    throw yaml.fault(place, 'a rule is about one of measurement, gain and sensitivity');
  const name = entry[kind]!;
  if (kind === 'measurement') {
    check(name, measurementNames(world.defects), 'measurement', [...place, kind], yaml);
    return { kind, name, column: entry.column ?? null };
  }
  if (entry.column !== undefined) throw yaml.fault([...place, 'column'], `column does not go with ${kind}`);
  check(name, ['*', ...world.defects.map((defect) => defect.id)], 'defect', [...place, kind], yaml);
  return { kind, defect: name };
}

/** All measurements a policy may name. */
export function measurementNames(defects: readonly Defect[]): readonly string[] {
  return defects.flatMap((defect) => Object.keys(defect.measures).map((measure) => `${defect.id}.${measure}`));
}

function check(name: string, names: readonly string[], what: string, place: Place, yaml: YamlFile<PolicyFile>): void {
  if (names.includes(name)) return;
  const near = nearest(name, names);
  const help = near === null ? `; they are: ${names.join(', ')}` : `, did you mean ${JSON.stringify(near)}?`;
  throw yaml.fault(place, `there is no ${what} ${JSON.stringify(name)}${help}`);
}

function checkExemption(
  exemption: Exemption,
  i: number,
  policy: Policy,
  yaml: YamlFile<PolicyFile>,
  world: PolicyWorld,
): void {
  check(exemption.rule, policy.rules.map(ruleName), 'rule', ['exemptions', i, 'rule'], yaml);
  const day = new Date(`${exemption.until}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== exemption.until)
    throw yaml.fault(['exemptions', i, 'until'], `${exemption.until} is not a day of the calendar`);
  if (exemption.until < world.today)
    throw yaml.fault(
      ['exemptions', i, 'until'],
      `the exemption of ${exemption.rule} expired on ${exemption.until}; mend the data, or renew it with a reason`,
    );
}

function fileName(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
}

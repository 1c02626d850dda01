import type { Defect, Mechanism, Wanted } from '../core/defect.js';
import type { Curve } from '../core/effect.js';
import type { Outcome } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { GateEvidence } from './evidence.js';
import type { Policy } from './policy.js';
import { atDose } from '../ablation/dose.js';
import { audit } from '../audit/audit.js';
import { alterStudy } from '../dataset/alter-study.js';
import { tableName } from '../dataset/sql/table-name.js';
import { judgeMeasurement, type MeasurementRule } from './judge-measurement.js';
import { ruleName } from './policy.js';

/** Shares of the eligible units that are damaged, growing. */
export const selfTestDoses: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2];

/** What a policy makes of one kind of damage. */
export interface SelfTestRow {
  readonly defect: string;
  readonly mechanism: string;
  readonly where: Mechanism['where'];
  /** First dose that breaks a rule on a measurement, with the rule; null where none of the doses does. */
  readonly caught: { readonly dose: number; readonly rule: string } | null;
  /** First dose at which the detector reports it, rule or not; null where it reports none. */
  readonly reported: number | null;
  /** What that damage costs: the first measured dose whose cost is proven above the policy's AUC budget. */
  readonly costs: { readonly dose: number; readonly cost: number; readonly budget: number } | null;
  /** True where damage that costs more than the budget goes by uncaught: a finding about the policy. */
  readonly gap: boolean;
}

export interface SelfTestOptions {
  readonly policy: Policy;
  readonly defects: readonly Defect[];
  readonly absent: GateEvidence['absent'];
  /** Dose-response curves of an earlier run on this data, if there was one. */
  readonly curves: readonly Curve[];
  /** The only measurements to look at, where not all are; see `audit`. */
  readonly wanted?: Wanted;
}

/**
 * Plants every defect at growing doses in the user's own data and asks which dose the policy's measurement rules catch
 * first. A rule that the data breaks as it is catches nothing, and a defect that cannot be looked for in this data is left
 * out. Nothing is trained but what detectors train themselves.
 */
export async function selfTest(study: Study, options: SelfTestOptions, run: Run): Promise<readonly SelfTestRow[]> {
  const rows: SelfTestRow[] = [];
  for (const defect of options.defects) {
    if ('unsupported' in defect.inject) continue;
    const clean = await lookAt(study, defect, options, run);
    // Without what it needs (a serving file, a time) no dose could be caught, and nothing is said about the policy.
    if (clean.outcome === 'not-applicable') continue;
    for (const mechanism of defect.inject) {
      run.signal.throwIfAborted();
      const row = await tryMechanism(study, defect, mechanism, clean, options, run);
      if (row !== null) rows.push(row);
    }
  }
  return rows;
}

async function tryMechanism(
  study: Study,
  defect: Defect,
  mechanism: Mechanism,
  clean: Look,
  options: SelfTestOptions,
  run: Run,
): Promise<SelfTestRow | null> {
  const own = run.within(`self-test ${defect.id} ${mechanism.name}`);
  const injection = await mechanism.inject(study, own, {});
  if ('unsupported' in injection || injection.eligible === 0) return null;
  let caught: SelfTestRow['caught'] = null;
  let reported: number | null = null;
  for (const dose of selfTestDoses) {
    const { plan, truth } = await atDose(injection, dose, study, own);
    // Named after the dose as well: what a run derives once it keeps by the name of the table.
    const name = tableName('self_test', defect.id, mechanism.name, String(dose));
    const damaged = await alterStudy(study, plan, name, own);
    const look = await lookAt(damaged, defect, options, own);
    await own.engine.drop(name, own);
    await own.engine.drop(truth, own);
    const rule = look.broken.find((broken) => !clean.broken.includes(broken));
    if (reported === null && [...look.findings].some((finding) => !clean.findings.has(finding))) reported = dose;
    if (rule === undefined) continue;
    caught = { dose, rule };
    break;
  }
  await own.engine.drop(injection.units, own);
  own.progress.end();
  const costs = costOf(defect, mechanism, options);
  const gap = costs !== null && (caught === null || caught.dose > costs.dose);
  return { defect: defect.id, mechanism: mechanism.name, where: mechanism.where, caught, reported, costs, gap };
}

/** What the policy and the detector say of one state of the data. */
interface Look {
  readonly outcome: Outcome['outcome'];
  /** Names of the rules that are broken. */
  readonly broken: readonly string[];
  /** Findings by code and column. */
  readonly findings: ReadonlySet<string>;
}

async function lookAt(study: Study, defect: Defect, options: SelfTestOptions, run: Run): Promise<Look> {
  const outcome = (await audit(study, [defect], run, options.wanted)).get(defect.id)!;
  const measurements = outcome.outcome === 'ok' ? outcome.evidence.measurements : [];
  const analyzer = { id: defect.id, title: defect.title, outcome: outcome.outcome, measurements };
  const evidence: GateEvidence = {
    analyzers: [analyzer],
    absent: options.absent,
    columns: study.whole.columns.map((column) => column.name),
    effects: [],
    unmeasured: [],
    trained: false,
    baseline: null,
    history: [],
  };
  const rules = options.policy.rules.filter((rule): rule is MeasurementRule => {
    return rule.on.kind === 'measurement' && rule.on.name.startsWith(`${defect.id}.`);
  });
  const findings = outcome.outcome === 'ok' ? outcome.evidence.findings : [];
  return {
    outcome: outcome.outcome,
    broken: rules.filter((rule) => judgeMeasurement(rule, evidence).state === 'breach').map(ruleName),
    findings: new Set(findings.map((f) => `${f.severity} ${f.code} ${JSON.stringify(f.args['column'] ?? null)}`)),
  };
}

/** The policy's budget for the defect, and the first measured dose whose whole band lies above it. */
function costOf(defect: Defect, mechanism: Mechanism, { policy, curves }: SelfTestOptions): SelfTestRow['costs'] {
  const budgets = policy.rules.flatMap(({ on, limit }) =>
    on.kind !== 'measurement' && (on.defect === '*' || on.defect === defect.id) ? [limit] : [],
  );
  const curve = curves.find((c) => c.defect === defect.id && c.mechanism === mechanism.name);
  if (budgets.length === 0 || curve === undefined) return null;
  const budget = Math.min(...budgets);
  const point = curve.points.find((p) => p.dose > 0 && p.low > budget);
  return point === undefined ? null : { dose: point.dose, cost: point.cost, budget };
}

import type { Curve } from '../core/effect.js';
import type { Defect } from '../core/defect.js';
import type { Gate } from '../core/gate.js';
import type { Policy } from '../gate/policy.js';
import type { PastRun } from '../gate/evidence.js';
import type { Report } from '../../reports/model.js';
import { gate } from '../gate/gate.js';
import { readReport } from './read-report.js';
import { findRun, listRuns, type PastRun as StoredRun } from './history.js';

/** Runs of the same data that the gate looks back on. */
const lookBack = 20;

/**
 * The verdict of a policy over a report on data of these columns, with the runs it is compared with read from the folder of runs.
 *
 * @throws AssayError `run-not-found` where the policy's baseline is not there.
 */
export async function gateReport(
  policy: Policy,
  report: Report,
  defects: readonly Defect[],
  columns: readonly string[],
  out: string,
): Promise<Gate> {
  const needs = new Set(policy.rules.map((rule) => rule.bound));
  const baseline = policy.baseline === null || !needs.has('max-change') ? null : await baselineOf(policy.baseline, out);
  return gate(policy, {
    analyzers: report.defects,
    absent: absentValues(defects),
    columns,
    effects: report.effects,
    unmeasured: report.unmeasured,
    trained: report.how.trainings > 0,
    baseline,
    history: needs.has('max-z') || needs.has('max-change-rate') ? await historyOf(report.study.name, out) : [],
  });
}

/** What a column has of which a defect reports nothing, by measurement. */
export function absentValues(defects: readonly Defect[]): ReadonlyMap<string, number> {
  return new Map(
    defects.flatMap(({ id, measures }) =>
      Object.entries(measures).flatMap(([measure, { absent }]) =>
        absent === undefined ? [] : [[`${id}.${measure}`, absent] as const],
      ),
    ),
  );
}

async function baselineOf(id: string, out: string): Promise<PastRun> {
  return pastRun(await findRun(out, id));
}

/** Runs on data of the same name, newest first; a run whose report cannot be read is passed over. */
async function historyOf(name: string, out: string): Promise<readonly PastRun[]> {
  const past: PastRun[] = [];
  for (const run of await listRuns(out)) {
    if (run.record.name !== name || past.length === lookBack) continue;
    const read = await pastRun(run).catch(() => null);
    if (read !== null) past.push(read);
  }
  return past;
}

/** What an earlier run measured; of what it did not look for, or failed at, it says nothing. */
async function pastRun({ record, folder }: StoredRun): Promise<PastRun> {
  const { defects } = await readReport(folder);
  const finished = new Set(defects.filter(({ outcome }) => outcome === 'ok').map(({ id }) => id));
  return {
    id: record.id,
    measurements: defects.flatMap(({ measurements }) => measurements),
    looked: (name) => finished.has(name.split('.')[0]!) && (record.wanted?.includes(name) ?? true),
  };
}

/** The dose-response curves of the newest run on data of a name that drew some. */
export async function newestCurves(name: string, out: string): Promise<readonly Curve[]> {
  for (const { record, folder } of await listRuns(out)) {
    if (record.name !== name) continue;
    const report = await readReport(folder).catch(() => null);
    if (report !== null && report.curves.length > 0) return report.curves;
  }
  return [];
}

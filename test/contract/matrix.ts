import type { Defect, Mechanism } from '../../src/core/defect.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { atDose } from '../../src/ablation/dose.js';
import { audit } from '../../src/audit/audit.js';
import { argText } from '../../src/core/arg-text.js';
import { alterStudy } from '../../src/dataset/alter-study.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** What the detectors said of one kind of damage. */
interface Row {
  readonly name: string;
  /** Detectors that report it, by dose; the reason where it could not be planted. */
  readonly cells: string;
  /** Doses at which its own detector says nothing, with the reason that its mechanism gives; null where it gives none. */
  readonly missed: readonly { readonly dose: number; readonly reason: string | null }[];
}

/** Findings by code and column, and flagged units, of each detector. */
type Said = ReadonlyMap<string, { readonly named: ReadonlySet<string>; readonly flagged: number }>;

/** What is planted, and who is asked. */
export interface Planting {
  readonly defects: readonly Defect[];
  readonly doses: readonly number[];
  /** The detectors that are asked about the damage of a defect, itself among them. */
  readonly asked: (defect: Defect) => readonly Defect[];
}

/**
 * Plants every defect by every mechanism at some doses in an honest study, and asks detectors. The lines of the table, and how
 * many misses stand without a reason.
 */
export async function matrix(
  study: Study,
  { defects, doses, asked }: Planting,
  run: Run,
): Promise<{ readonly lines: readonly string[]; readonly unexplained: number }> {
  const clean = await look(study, [...new Set(defects.flatMap(asked))], run);
  const rows: Row[] = [];
  for (const defect of defects) {
    if ('unsupported' in defect.inject) rows.push({ name: defect.id, cells: defect.inject.unsupported, missed: [] });
    else if (!clean.has(defect.id))
      rows.push({ name: defect.id, cells: 'cannot be looked for in this file', missed: [] });
    else
      for (const mechanism of defect.inject)
        rows.push(await planted(study, defect, mechanism, asked(defect), doses, clean, run));
  }
  const reasons = new Map<string, number[]>();
  for (const { name, missed } of rows)
    for (const { dose, reason } of missed) {
      const told = `${name}: ${reason ?? 'NO REASON'}`;
      reasons.set(told, [...(reasons.get(told) ?? []), dose]);
    }
  const width = Math.max(...rows.map(({ name }) => name.length));
  return {
    lines: [
      ...rows.map(({ name, cells }) => `${name.padEnd(width)}  ${cells}`),
      'missed by its own detector, and why:',
      ...[...reasons].map(([told, at]) => `  ${told} (at ${at.join(', ')})`),
    ],
    unexplained: rows.flatMap(({ missed }) => missed).filter(({ reason }) => reason === null).length,
  };
}

async function planted(
  study: Study,
  defect: Defect,
  mechanism: Mechanism,
  asked: readonly Defect[],
  doses: readonly number[],
  clean: Said,
  run: Run,
): Promise<Row> {
  const own = run.within(`matrix ${defect.id} ${mechanism.name}`);
  const name = `${defect.id} ${mechanism.name}`;
  const injection = await mechanism.inject(study, own, {});
  if ('unsupported' in injection) return { name, cells: injection.unsupported, missed: [] };
  const cells: string[] = [];
  const missed: { dose: number; reason: string | null }[] = [];
  for (const dose of doses) {
    const { plan, truth, units } = await atDose(injection, dose, study, own);
    // A name of its own for each: what a run has derived once it keeps by the name of the table.
    const table = tableName('matrix', name, String(dose));
    const found = reporting(clean, await look(await alterStudy(study, plan, table, own), asked, own), units);
    await own.engine.drop(table, own);
    await own.engine.drop(truth, own);
    const seen = found.includes(defect.id);
    const names = [...(seen ? ['itself'] : []), ...found.filter((id) => id !== defect.id)];
    cells.push(`${dose}: ${names.join(', ') || 'nobody'}`);
    if (!seen) missed.push({ dose, reason: reasonOf(mechanism, dose) });
  }
  await own.engine.drop(injection.units, own);
  return { name, cells: cells.join('; '), missed };
}

function reasonOf({ found }: Mechanism, dose: number): string | null {
  if ('blind' in found) return found.blind;
  if (found.at > dose) return `promised from ${found.at}`;
  return found.until !== undefined && found.until.dose < dose ? found.until.because : null;
}

async function look(study: Study, defects: readonly Defect[], run: Run): Promise<Said> {
  const said = new Map<string, { named: ReadonlySet<string>; flagged: number }>();
  for (const [id, outcome] of await audit(study, defects, run)) {
    if (outcome.outcome !== 'ok') continue;
    const { findings, flagged } = outcome.evidence;
    const worth = findings.filter((f) => f.severity !== 'note' || flagged !== null);
    const named = new Set(worth.map((f) => `${f.code} ${argText(f.args['column'])}`));
    said.set(id, { named, flagged: flagged?.rows ?? 0 });
  }
  return said;
}

/** Detectors that say something new, or flag half as many units more as were damaged. */
function reporting(before: Said, after: Said, units: number): readonly string[] {
  return [...after].flatMap(([id, now]) => {
    const then = before.get(id);
    const isNew = [...now.named].some((name) => then?.named.has(name) !== true);
    return isNew || now.flagged >= (then?.flagged ?? 0) + units / 2 ? [id] : [];
  });
}

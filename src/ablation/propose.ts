import type { Defect, Mechanism, Repair } from '../core/defect.js';
import type { Evidence, Outcome } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Unmeasured } from '../core/effect.js';
import { toAssayError } from '../core/errors.js';
import { personalColumns, tellsPersonal } from './tells-personal.js';

/** A defect that was found, with the repairs it offers. */
export interface Suspect {
  readonly defect: Defect;
  readonly evidence: Evidence;
  readonly repairs: readonly Repair[];
}

export interface Proposal {
  readonly suspects: readonly Suspect[];
  /** Mechanisms whose dose-response is worth drawing, found or not, in registry order. */
  readonly curves: readonly { readonly defect: string; readonly mechanism: Mechanism }[];
  /** All other mechanisms: those of found defects first. */
  readonly moreCurves: Proposal['curves'];
  /** Found defects without a repair, with the defect's own reason. */
  readonly unmeasured: readonly Unmeasured[];
}

/**
 * Asks every defect that found something for repairs. A defect that fails here is one that could not be measured;
 * it never ends the walk, an abort does.
 */
export async function propose(
  study: Study,
  defects: readonly Defect[],
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<Proposal> {
  const personal = personalColumns(outcomes);
  const suspects: Suspect[] = [];
  const unmeasured: Unmeasured[] = [];
  const curves: { defect: string; mechanism: Mechanism }[] = [];
  const [ofFound, ofOthers]: [Proposal['curves'][number][], Proposal['curves'][number][]] = [[], []];
  for (const defect of defects) {
    run.signal.throwIfAborted();
    const outcome = outcomes.get(defect.id);
    if (outcome?.outcome !== 'ok') continue;
    curves.push(...curvesOf(defect, true));
    const { evidence } = outcome;
    (foundAnything(evidence) ? ofFound : ofOthers).push(...curvesOf(defect, false));
    if (!foundAnything(evidence)) continue;
    const offered = await repairsOf(study, defect, evidence, run);
    if (typeof offered === 'string') unmeasured.push(noRepair(defect, offered));
    const repairs = typeof offered === 'string' ? [] : offered;
    const told = repairs.filter((repair) => !tellsPersonal(repair.plan, personal));
    if (told.length < repairs.length) unmeasured.push(noRepair(defect, withheld));
    suspects.push({ defect, evidence, repairs: told });
  }
  return { suspects, curves, moreCurves: [...ofFound, ...ofOthers], unmeasured };
}

/** Mechanisms whose curve the defect lists, or the others. */
function curvesOf(defect: Defect, listed: boolean): Proposal['curves'] {
  if ('unsupported' in defect.inject) return [];
  return defect.inject
    .filter((mechanism) => defect.curves.includes(mechanism.name) === listed)
    .map((mechanism) => ({ defect: defect.id, mechanism }));
}

/** Notes need nothing: a defect with notes alone was looked for and not found. */
function foundAnything(evidence: Evidence): boolean {
  return (evidence.flagged?.rows ?? 0) > 0 || evidence.findings.some((finding) => finding.severity !== 'note');
}

/** Repairs, or the sentence why there are none. */
async function repairsOf(
  study: Study,
  defect: Defect,
  evidence: Evidence,
  run: Run,
): Promise<readonly Repair[] | string> {
  if (typeof defect.repair !== 'function') return defect.repair.unsupported;
  try {
    return await defect.repair(study, evidence, run.within(defect.id));
  } catch (thrown) {
    if (run.signal.aborted) throw thrown;
    const error = toAssayError(thrown);
    run.log(`${defect.id}: ${error.stack ?? error.message}`);
    return `Its repairs could not be fitted: ${error.message}`;
  }
}

const withheld = 'It was withheld: its plan spells out values of a column of personal data, which no recipe may hold.';

function noRepair(defect: Defect, reason: string): Unmeasured {
  return { kind: 'gain', defect: defect.id, arm: 'repair', title: `${defect.title}: no repair`, reason };
}

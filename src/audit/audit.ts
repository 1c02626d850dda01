import type { Defect, Wanted } from '../core/defect.js';
import type { Evidence, Finding, Outcome } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { toAssayError } from '../core/errors.js';
import { isVector } from '../dataset/sql/type-kinds.js';
import { maskingOf, type Masking } from './masking.js';
import { relate } from './relate.js';

/** Outcomes by defect id, in registry order. */
export type Audit = ReadonlyMap<string, Outcome>;

/**
 * Looks for every defect in `study.train`. One failing detector never ends the walk: its outcome is `failed` with the
 * reason; an abort makes the rest `cancelled`. A damaged file or a full disk is no failing of a detector and ends it.
 * Findings that others explain say so ({@link relate}). Where only some measurements are `wanted`, the evidence holds these, no score, and such findings as came with them.
 */
export async function audit(study: Study, defects: readonly Defect[], run: Run, wanted?: Wanted): Promise<Audit> {
  const step = run.within('audit');
  const found = new Map<string, Outcome>();
  const names = study.whole.columns.map((column) => column.name);
  let masking = maskingOf(found, names);
  for (const defect of [...defects.filter(({ first }) => first), ...defects.filter(({ first }) => !first)]) {
    const outcome = await look(study, defect, step.within(defect.id), wanted);
    found.set(defect.id, outcome);
    if (defect.first) masking = maskingOf(found, names);
    run.news({ kind: 'looked', defect: defect.id, title: defect.title, ...told(defect, outcome, masking) });
  }
  step.progress.end();
  return relate(new Map(defects.map(({ id }) => [id, found.get(id)!])), defects);
}

async function look(study: Study, defect: Defect, run: Run, wanted: Wanted | undefined): Promise<Outcome> {
  try {
    if (run.signal.aborted) return { outcome: 'cancelled' };
    const missing = defect.needs.find((need) => !has(study, need));
    if (missing !== undefined) return { outcome: 'not-applicable', reason: lacking(defect, missing) };
    const evidence = await defect.detect(study, run, wanted);
    return { outcome: 'ok', evidence: wanted === undefined ? evidence : restricted(evidence, wanted) };
  } catch (thrown) {
    if (run.signal.aborted) return { outcome: 'cancelled' };
    const error = toAssayError(thrown);
    if (error.code === 'file-damaged' || error.code === 'disk-full' || error.code === 'spill-full') throw error;
    run.log(`${defect.id}: ${error.stack ?? error.message}`);
    return { outcome: 'failed', reason: error.message, code: error.code };
  } finally {
    run.progress.end();
  }
}

/** An outcome as news; cells that it quotes are masked where a column is personal. */
function told(
  defect: Defect,
  outcome: Outcome,
  masking: Masking,
): { readonly outcome: Outcome['outcome']; readonly flagged: number; readonly sentence: string } {
  const reason = 'reason' in outcome ? masking.text(outcome.reason) : '';
  if (outcome.outcome !== 'ok') return { outcome: outcome.outcome, flagged: 0, sentence: reason };
  const [first] = outcome.evidence.findings;
  const { flagged, personal } = outcome.evidence;
  // The detector of personal columns gives shapes only.
  const said = ({ code, args }: Finding): string =>
    defect.sentences[code]?.(personal === undefined ? masking.args(args) : args) ?? code;
  return { outcome: 'ok', flagged: flagged?.rows ?? 0, sentence: first === undefined ? '' : said(first) };
}

/** What keeps personal values out of outputs stays. */
function restricted({ measurements, findings, flagged, personal }: Evidence, wanted: Wanted): Evidence {
  const asked = { measurements: measurements.filter(({ name }) => wanted.has(name)), findings, flagged };
  return personal === undefined ? asked : { ...asked, personal };
}

function has(study: Study, need: Defect['needs'][number]): boolean {
  if (need === 'features') return study.roles.features.length > 0;
  if (need === 'comparison') return study.reference !== null || study.test !== null || study.roles.time !== null;
  if (need === 'test') return study.test !== null;
  if (need === 'serving') return study.serving !== undefined && study.serving !== null;
  if (need === 'vectors') return study.train.columns.some(({ type }) => isVector(type));
  if (need === 'key') return study.roles.key.length > 0;
  return study.roles[need] !== null;
}

function lacking(defect: Defect, need: Defect['needs'][number]): string {
  if (need === 'features') return `${defect.title} needs columns a model can use; none is left.`;
  if (need === 'comparison') {
    return `${defect.title} needs something to compare with. Give --reference, --test or --time.`;
  }
  if (need === 'test') return `${defect.title} needs a test file. Give --test.`;
  if (need === 'serving') return `${defect.title} needs what serving logged of the same rows. Give --serve.`;
  if (need === 'domain')
    return `${defect.title} needs a column that says where rows come from. Name one with --domain.`;
  if (need === 'vectors') return `${defect.title} needs a column of vectors, lists of floating-point numbers; none is.`;
  return `${defect.title} needs the role ${need}; no column has it. Name one with --${need}.`;
}

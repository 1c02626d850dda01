import type { Audit } from '../audit/audit.js';
import type { Defect } from '../core/defect.js';
import type { Finding } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Slice } from '../core/slice.js';
import type { Report, ReportDefect, ReportStudy } from '../../reports/model.js';
import { schemaVersion } from '../../reports/model.js';
import type { Results } from './results.js';
import { worstRows } from './findings.js';
import { maskingOf, type Masking } from '../audit/masking.js';
import { verdictOf } from './verdict.js';

/** Rows of each defect that people are shown; all of them are in the findings file. */
const shownRows = 10;

/** Makes the report document: the only place where results become the thing that renderers see. */
export async function documentOf(
  name: string,
  study: Study,
  defects: readonly Defect[],
  results: Results,
  run: Run,
): Promise<Report> {
  const described: ReportDefect[] = [];
  const titles = new Map(defects.map(({ id, title }) => [id, title]));
  const masking = maskingOf(
    results.audit,
    study.whole.columns.map((column) => column.name),
  );
  for (const defect of defects)
    described.push({
      ...(await describe(study, defect, titles, results.audit, masking, run)),
      ...whereOf(defect, results, masking),
    });
  return {
    assay: schemaVersion,
    study: studyOf(name, study, results),
    verdict: verdictOf(described, results),
    defects: described,
    ...(results.errors === null ? {} : { errors: shownSlices(results.errors, masking) }),
    effects: masking.all(results.effects),
    unmeasured: masking.all(results.unmeasured),
    curves: masking.all(results.curves),
    ...(results.cleaning === null ? {} : { cleaning: masking.all(results.cleaning) }),
    ...masking.all(worthOf(results)),
    columns: results.columns.map((column) => shownColumn(column, masking)),
    time: results.time,
    ...(results.demo === null ? {} : { demo: results.demo }),
    how: results.how,
  };
}

function whereOf(
  { id }: Defect,
  { slices, byDomain }: Results,
  masking: Masking,
): Pick<ReportDefect, 'where' | 'domains'> {
  const [where, domains] = [slices[id], byDomain[id]];
  return {
    ...(where === undefined ? {} : { where: shownSlices(where, masking) }),
    ...(domains === undefined ? {} : { domains: shownSlices(domains, masking) }),
  };
}

/** Slices are told in words, so parts of a personal column are masked twice. */
function shownSlices(found: readonly Slice[], masking: Masking): readonly Slice[] {
  return masking.all(found).map((slice) => ({
    ...slice,
    parts: slice.parts.map(({ column, part }) => ({
      column,
      part: part === null ? null : masking.cell(column, part),
    })),
  }));
}

/** The values of a personal column are no labels. */
function shownColumn(column: Report['columns'][number], masking: Masking): Report['columns'][number] {
  const labels = column.histogram.labels.map((label) => masking.cell(column.name, label));
  return { ...column, histogram: { ...column.histogram, labels } };
}

/** What was measured of it; absent where nothing was. */
function worthOf({ studies, evaluationLabels, otherModel, rolling }: Results): Partial<Report> {
  return {
    ...(studies === null || studies.value.length === 0 ? {} : { value: studies.value }),
    ...(studies?.columnsWorth == null ? {} : { columnsWorth: studies.columnsWorth }),
    ...(studies?.capacity == null ? {} : { capacity: studies.capacity }),
    ...(evaluationLabels === null ? {} : { evaluationLabels }),
    ...(otherModel === null ? {} : { otherModel }),
    ...(rolling === null ? {} : { rolling }),
  };
}

function studyOf(name: string, study: Study, results: Results): ReportStudy {
  const { roles } = study;
  const named = [
    ['label', roles.label?.column],
    ['time', roles.time],
    ['user', roles.user],
    ['item', roles.item],
    ['position', roles.position],
    ['group', roles.group],
    ['weight', roles.weight],
    ['domain', roles.domain],
    ...roles.key.map((column) => ['key', column] as const),
  ] as const;
  return {
    name,
    ...(results.demo === null ? {} : { origin: 'generated' }),
    files: study.files,
    rows: study.whole.rows,
    columnCount: study.whole.columns.length,
    positives: results.positives,
    roles: named.flatMap(([role, column]) =>
      column === null || column === undefined ? [] : [{ role, column: column.name, reason: roles.reasons[role] ?? '' }],
    ),
    excluded: roles.excluded.map(({ column, reason }) => ({ column: column.name, reason })),
    split: study.split,
  };
}

/** Where the story of a finding is told that others explain. */
function followsFrom({ because = [] }: Finding, titles: ReadonlyMap<string, string>): string {
  if (because.length === 0) return '';
  const causes = [...new Set(because.map(({ defect }) => titles.get(defect) ?? defect))];
  return ` This follows from what is told under ${causes.join(' and ')}.`;
}

async function describe(
  study: Study,
  defect: Defect,
  titles: ReadonlyMap<string, string>,
  audit: Audit,
  masking: Masking,
  run: Run,
): Promise<ReportDefect> {
  const outcome = audit.get(defect.id) ?? { outcome: 'cancelled' };
  const head = { id: defect.id, title: defect.title, outcome: outcome.outcome };
  if (outcome.outcome !== 'ok') {
    const reason = 'reason' in outcome ? { reason: masking.text(outcome.reason) } : {};
    return { ...head, ...reason, measurements: [], findings: [], rows: null, worst: [] };
  }
  const { evidence } = outcome;
  return {
    ...head,
    ...(evidence.score === undefined ? {} : { score: evidence.score }),
    measurements: masking.all(evidence.measurements),
    findings: evidence.findings.map((finding) => {
      // The detector of personal columns gives shapes only; all others may quote cells.
      const args = evidence.personal === undefined ? masking.args(finding.args) : finding.args;
      const said = defect.sentences[finding.code]?.(args) ?? finding.code;
      return { ...finding, args, message: `${said}${followsFrom(finding, titles)}` };
    }),
    rows: evidence.flagged === null ? null : { flagged: evidence.flagged.rows, file: 'findings.parquet' },
    worst: await worstRows(study, defect, evidence.flagged, shownRows, masking, run),
  };
}

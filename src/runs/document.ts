import type { Audit } from '../audit/audit.js';
import type { Defect } from '../core/defect.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Report, ReportDefect, ReportStudy } from '../../reports/model.js';
import { schemaVersion } from '../../reports/model.js';
import type { Results } from './results.js';
import { worstRows } from './findings.js';
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
  for (const defect of defects) described.push(await describe(study, defect, results.audit, run));
  return {
    assay: schemaVersion,
    study: studyOf(name, study, results),
    verdict: verdictOf(described, results),
    defects: described,
    effects: results.effects,
    unmeasured: results.unmeasured,
    curves: results.curves,
    ...(results.cleaning === null ? {} : { cleaning: results.cleaning }),
    ...worthOf(results),
    columns: results.columns,
    time: results.time,
    ...(results.demo === null ? {} : { demo: results.demo }),
    how: results.how,
  };
}

/** What was measured of it; absent where nothing was. */
function worthOf({ studies, evaluationLabels, otherModel }: Results): Partial<Report> {
  return {
    ...(studies === null || studies.value.length === 0 ? {} : { value: studies.value }),
    ...(studies?.columnsWorth == null ? {} : { columnsWorth: studies.columnsWorth }),
    ...(studies?.capacity == null ? {} : { capacity: studies.capacity }),
    ...(evaluationLabels === null ? {} : { evaluationLabels }),
    ...(otherModel === null ? {} : { otherModel }),
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

async function describe(study: Study, defect: Defect, audit: Audit, run: Run): Promise<ReportDefect> {
  const outcome = audit.get(defect.id) ?? { outcome: 'cancelled' };
  const head = { id: defect.id, title: defect.title, outcome: outcome.outcome };
  if (outcome.outcome !== 'ok') {
    const reason = 'reason' in outcome ? { reason: outcome.reason } : {};
    return { ...head, ...reason, measurements: [], findings: [], rows: null, worst: [] };
  }
  const { evidence } = outcome;
  return {
    ...head,
    ...(evidence.score === undefined ? {} : { score: evidence.score }),
    measurements: evidence.measurements,
    findings: evidence.findings.map((finding) => ({
      ...finding,
      message: defect.sentences[finding.code]?.(finding.args) ?? finding.code,
    })),
    rows: evidence.flagged === null ? null : { flagged: evidence.flagged.rows, file: 'findings.parquet' },
    worst: await worstRows(study, defect, evidence.flagged, shownRows, run),
  };
}

import type { Evidence, Finding, Flagged, Measurement } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Change } from '../../src/derived/schema/diff/change.js';
import type { CellBreach, Checked } from '../../src/derived/schema/check.js';
import type { SchemaOptions } from './options.js';
import { AssayError } from '../../src/core/errors.js';
import { nearest } from '../../src/core/nearest.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { comparisonOf } from '../../src/derived/comparison.js';
import { checkSchema, flaggedBreaches } from '../../src/derived/schema/check.js';
import { diffSchemas } from '../../src/derived/schema/diff/diff.js';
import { sidesSchemas } from '../../src/derived/schema/sides-schemas.js';
import { readSchema } from '../../src/derived/schema/schema-file.js';
import { wilson } from '../../src/stats/proportion.js';

/** Breaches of more than this share of the rows, surely, are a problem; fewer are odd rows. */
const oddShare = 0.001;

/** Checks the data against the schema file, and compares the two sides of the study as two versions of a table. */
export async function detect(study: Study, run: Run, options: SchemaOptions): Promise<Evidence> {
  const { train } = study;
  const checked = options.file === '' ? null : await check(study, run, options);
  const between = await versionChanges(study, run);
  const findings = [...(checked === null ? [] : checkFindings(checked)), ...between].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
  const broken = new Set(findings.filter((f) => f.severity !== 'note').map((f) => f.args['column']));
  return {
    measurements: [
      { name: 'schema.columns', value: broken.size, unit: 'count' },
      ...(checked === null ? [] : cellShares(checked)),
    ],
    findings,
    score: train.columns.length === 0 ? 0 : Math.min(1, broken.size / train.columns.length),
    flagged: checked === null ? null : await flag(study, checked, run),
  };
}

const order: readonly Finding['severity'][] = ['problem', 'suspect', 'note'];

async function check(study: Study, run: Run, { file, environment }: SchemaOptions): Promise<Checked> {
  const schema = await readSchema(file);
  if (!schema.environments.includes(environment))
    throw new AssayError('option-invalid', {
      option: 'schema.environment',
      value: environment,
      expected: `one of ${schema.environments.join(', ')}`,
    });
  return checkSchema(schema, environment, study, run);
}

function checkFindings({ missing, strange, types, changes, cells, rows }: Checked): readonly Finding[] {
  const read = changes.filter(isReading);
  const renamed = new Set(read.filter((c) => c.code.endsWith('renamed') && c.to !== undefined).map((c) => c.column));
  const explained = new Set(read.map((c) => c.column));
  return [
    ...missing
      .filter(({ name }) => !renamed.has(name))
      .map(({ name, role }) => {
        const near = nearest(name, strange);
        return finding('schema.missing-column', 'problem', { column: name, role, ...(near === null ? {} : { near }) });
      }),
    ...types.map((type) => finding('schema.type', 'problem', { ...type })),
    ...read.map((change) => told(change, 'schema')),
    // A value in another unit lies outside of the range because of it, and is not told twice.
    ...cells.filter(({ rule }) => !explained.has(rule.column.name)).map((breach) => cellFinding(breach, rows)),
    ...strange
      .filter((name) => !read.some((c) => c.to === name))
      .map((column) => finding('schema.new-column', 'note', { column })),
  ];
}

function cellFinding({ rule, cells }: CellBreach, rows: number): Finding {
  const column = rule.column.name;
  const severity = wilson(cells, rows).low > oddShare ? 'problem' : 'suspect';
  const args = { column, cells, share: cells / rows };
  return finding(cellCodes[rule.kind], severity, { ...args, ...limitsOf(rule) });
}

function limitsOf(rule: CellBreach['rule']): Finding['args'] {
  if (rule.kind === 'presence') return { allowed: 1 - rule.presence };
  if (rule.kind === 'range') return { low: rule.range[0], high: rule.range[1] };
  return rule.kind === 'values' ? { known: rule.values.length } : { least: rule.length[0], most: rule.length[1] };
}

function cellShares({ cells, rows }: Checked): readonly Measurement[] {
  const byColumn = new Map<string, number>();
  for (const { rule, cells: n } of cells) {
    const { name } = rule.column;
    byColumn.set(name, Math.max(byColumn.get(name) ?? 0, n));
  }
  return [...byColumn].map(([column, n]) => {
    return { name: 'schema.cells', value: n / rows, unit: 'share', ...wilson(n, rows), column };
  });
}

async function flag(study: Study, checked: Checked, run: Run): Promise<Flagged | null> {
  const query = flaggedBreaches(study, checked, (rule) => cellCodes[rule.kind], run);
  if (query.sql === '') return null;
  const relation = tableName('flagged_schema', study.train.name);
  const { rows } = await run.engine.write(query, { kind: 'table', name: relation }, run);
  return rows === 0 ? null : { relation, rows };
}

const cellCodes = {
  presence: 'schema.empty',
  range: 'schema.range',
  values: 'schema.values',
  length: 'schema.length',
} as const;

/** Readings of the two sides of the study; a change of unit in time is told by drift, with its hour and slice. */
async function versionChanges(study: Study, run: Run): Promise<readonly Finding[]> {
  const comparison = await comparisonOf(study, run);
  if (comparison === null) return [];
  const [a, b] = await sidesSchemas(study, comparison, run);
  const { changes } = diffSchemas(a, b);
  const read = changes.filter((change) => isReading(change) && (comparison.by !== 'time' || change.code !== 'unit'));
  return read.map((change) => told(change, comparison.by, comparison.from));
}

/** Changes that say what became of a column; the rest is for rules. */
function isReading({ code }: Change): boolean {
  return ['renamed', 'perhaps-renamed', 'swapped', 'unit', 'values-renamed', 'values-merged'].includes(code);
}

function told({ code, column, to, confidence, args = {} }: Change, by: string, from: string | null = null): Finding {
  const severity = code === 'perhaps-renamed' ? 'suspect' : 'problem';
  const where = { by, ...(from === null ? {} : { from }) };
  return finding(`schema.${code}`, severity, {
    column,
    ...(to === undefined ? {} : { to }),
    confidence,
    ...args,
    ...where,
  });
}

function finding(code: string, severity: Finding['severity'], args: Finding['args']): Finding {
  return { code, severity, args };
}

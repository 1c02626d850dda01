import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Relation } from '../../src/core/relation.js';
import type { Study } from '../../src/core/study.js';
import type { SkewOptions } from './options.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import {
  differenceCounts,
  differingCells,
  joinedRows,
  type Joined,
} from '../../src/dataset/sql/shapes/served-cells.js';
import { wilson } from '../../src/stats/proportion.js';
import { absentFeatures } from './detect/absent.js';
import { distributionView } from './detect/distribution.js';
import { readDifference } from './detect/reading.js';

/** Compares training with serving: cell by cell where a key joins their rows, else by distribution. */
export async function detect(study: Study, run: Run, { tolerance }: SkewOptions): Promise<Evidence> {
  const { serving, roles } = study;
  if (serving === undefined || serving === null || serving.rows === 0 || study.train.rows === 0)
    return nothing('skew.no-rows');
  const keys = roles.key.filter(({ name }) => serving.columns.some((column) => column.name === name));
  const isJoined = roles.key.length > 0 && keys.length === roles.key.length;
  const evidence = isJoined
    ? await cellView(study, serving, tolerance, run)
    : await distributionView(study, serving, run);
  const absent = absentFeatures(study, serving);
  const told = evidence.findings.filter((finding) => !isNote(finding));
  return { ...evidence, findings: [...told, ...absent, ...evidence.findings.filter(isNote)] };
}

function isNote({ severity }: Finding): boolean {
  return severity === 'note';
}

function nothing(code: string): Evidence {
  return { measurements: [], findings: [{ code, severity: 'note', args: {} }], score: 0, flagged: null };
}

async function cellView(study: Study, serving: Relation, tolerance: number, run: Run): Promise<Evidence> {
  const { train, roles } = study;
  const { engine } = run;
  const label = roles.label?.column.id;
  const aside = new Set([label, roles.weight?.id, ...roles.key.map(({ id }) => id)]);
  const columns = train.columns.filter(
    ({ id }) => !aside.has(id) && serving.columns.some((column) => column.id === id),
  );
  const table = tableName('skew_joined', train.name);
  const joined: Joined = { table, columns, tolerance };
  await engine.write(joinedRows(train, serving, roles.key, columns), { kind: 'table', name: table }, run);
  const [counts = {}] = await engine.rows(differenceCounts(joined), 1, run);
  const rows = Number(counts['n'] ?? 0);
  const differing = columns
    .map((column, i) => ({ column, cells: Number(counts[`d${i}`] ?? 0) }))
    .filter(({ cells }) => cells > 0)
    .sort((a, b) => b.cells - a.cells);
  const findings: Finding[] = [];
  for (const { column, cells } of differing)
    findings.push(await readDifference(study, joined, column, { cells, rows }, run));
  if (rows < train.rows) findings.push(unmatched(train.rows - rows, train.rows));
  const total = differing.reduce((sum, { cells }) => sum + cells, 0);
  const matched = {
    name: 'skew.matched',
    value: rows / train.rows,
    unit: 'share',
    ...wilson(rows, train.rows),
  } as const;
  const relation = tableName('flagged_skew', train.name);
  const query = differingCells(joined, findings.flatMap(codeByColumn(differing.map((d) => d.column))), engine.dialect);
  if (total > 0) await engine.write(query, { kind: 'table', name: relation }, run);
  return {
    measurements: [
      { name: 'skew.columns', value: differing.length, unit: 'count' },
      matched,
      ...differing.map(({ column, cells }) => {
        return {
          name: 'skew.cells',
          value: cells / rows,
          unit: 'share',
          ...wilson(cells, rows),
          column: column.name,
        } as const;
      }),
    ],
    findings,
    score: rows === 0 || columns.length === 0 ? 0 : total / (rows * columns.length),
    flagged: total === 0 ? null : { relation, rows: total },
  };
}

function unmatched(rows: number, all: number): Finding {
  return { code: 'skew.unmatched', severity: 'note', args: { rows, share: rows / all } };
}

/** The code under which the cells of each column are flagged: that of its finding. */
function codeByColumn(columns: readonly Relation['columns'][number][]) {
  return ({ code, args }: Finding): readonly { column: Relation['columns'][number]; code: string }[] => {
    const column = columns.find(({ name }) => name === args['column']);
    return column === undefined ? [] : [{ column, code }];
  };
}

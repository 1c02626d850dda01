import type { Value } from '../../../src/core/engine.js';
import { defects } from '../../../analyzers/index.js';
import {
  findingRanges,
  findingScores,
  findingSlices,
  findingsOfRow,
  mostRanges,
  type FindingTables,
} from '../../../src/dataset/sql/shapes/stored-findings.js';
import type { FindingRows, FindingRowsQuery, FindingSummary, FlaggedUnit } from '../../contract/findings.js';
import { notFound } from '../problems.js';
import type { Services } from '../services.js';

const bins = 20;
const mostSlices = 50;

/** How the flagged units of a defect are spread. */
export async function summaryOf(
  services: Services,
  id: string,
  defect: string,
  signal: AbortSignal,
): Promise<FindingSummary> {
  return withFindings(services, id, async (tables) => {
    const scores = Array.from({ length: bins }, () => 0);
    if (tables === null) return { flagged: 0, slices: [], scores };
    const { engine, call } = services.tables;
    const slices = await engine.rows(findingSlices(tables, defect, mostSlices), mostSlices, call(signal));
    const counted = await engine.rows(findingScores(tables, defect, bins), bins, call(signal));
    for (const row of counted) scores[Number(row['bin'])] = Number(row['n']);
    const ranges = await engine.rows(findingRanges(tables, { defect }), mostRanges, call(signal));
    return {
      flagged: ranges.reduce((sum, { n }) => sum + Number(n), 0),
      slices: slices.map((s) => ({
        code: String(s['code']),
        column: textOrNull(s['column_name']),
        units: Number(s['n']),
      })),
      scores,
    };
  });
}

/** A window of the flagged units of a defect. */
export async function findingWindow(
  services: Services,
  id: string,
  defect: string,
  query: FindingRowsQuery,
  signal: AbortSignal,
): Promise<FindingRows> {
  const { code, column } = query;
  const filter = { defect, ...(code === undefined ? {} : { code }), ...(column === undefined ? {} : { column }) };
  return withFindings(services, id, async (tables) => {
    if (tables === null) return { total: 0, offset: query.offset, units: [] };
    const { total, rows } = await services.tables.page(tables, filter, query, services.tables.call(signal));
    return { total, offset: query.offset, units: rows.map(unitOf) };
  });
}

/** Findings about one row that are shown. */
const mostAbout = 200;

export async function findingsAbout(
  services: Services,
  id: string,
  key: bigint,
  signal: AbortSignal,
): Promise<readonly (FlaggedUnit & { readonly defect: string })[]> {
  return withFindings(services, id, async (tables) => {
    if (tables === null) return [];
    const { engine, call } = services.tables;
    const found = await engine.rows(findingsOfRow(tables, key, mostAbout), mostAbout, call(signal));
    return found.map((row) => ({ ...unitOf(row), defect: String(row['defect']) }));
  });
}

/** Works with the tables of the findings of a run; null where its file holds none. */
export async function withFindings<R>(
  { runs, tables }: Services,
  id: string,
  work: (tables: FindingTables | null) => Promise<R>,
): Promise<R> {
  const file = await runs.file(id, 'findings.parquet');
  if (file === null) throw notFound('run, or it has no findings');
  return tables.findings(id, file, work);
}

function unitOf(row: Readonly<Record<string, Value>>): FlaggedUnit {
  const defect = defects.find((d) => d.id === row['defect']);
  const code = String(row['code']);
  const column = textOrNull(row['column_name']);
  return {
    rowKey: String(row['row_key']),
    file: String(row['file']),
    row: Number(row['file_row']),
    code,
    column,
    score: Number(row['score']),
    suggestion: textOrNull(row['suggestion']),
    message: sentence(defect?.sentences[code], row['args'], column) ?? code,
  };
}

type Sentence = (typeof defects)[number]['sentences'][string];

/** The sentence of a finding; null where another version wrote it with other arguments. */
function sentence(made: Sentence | undefined, args: Value | undefined, column: string | null): string | null {
  try {
    const parsed: unknown = typeof args === 'string' && args !== '' ? JSON.parse(args) : {};
    return made?.({ ...(parsed as Parameters<Sentence>[0]), column }) ?? null;
  } catch {
    return null;
  }
}

function textOrNull(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

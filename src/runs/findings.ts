import type { Audit } from '../audit/audit.js';
import type { Defect } from '../core/defect.js';
import type { Value } from '../core/engine.js';
import type { Flagged, Finding, Json } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { WorstRow } from '../../reports/model.js';
import { maskingOf, type Masking } from '../audit/masking.js';
import { splitKey } from '../core/relation.js';
import { findingsQuery, worstQuery, type FlaggedDefect } from '../dataset/sql/shapes/findings.js';

/** Writes every flagged row and cell of a run to a Parquet file; the columns are part of the contract. */
export async function writeFindings(study: Study, audit: Audit, file: string, run: Run): Promise<{ rows: number }> {
  const masking = maskingOf(
    audit,
    study.whole.columns.map((column) => column.name),
  );
  const query = findingsQuery(flaggedOf(audit), trainFiles(study), masking, run.engine.dialect);
  return run.engine.write(query, { kind: 'parquet', path: file }, run);
}

/** The worst `count` flagged rows of a defect, each with its sentence. */
export async function worstRows(
  study: Study,
  defect: Defect,
  flagged: Flagged | null,
  count: number,
  masking: Masking,
  run: Run,
): Promise<readonly WorstRow[]> {
  if (flagged === null) return [];
  const files = trainFiles(study);
  const rows = await run.engine.rows(worstQuery(flagged, count), count, run);
  return rows.map((row) => {
    const key = splitKey(BigInt(String(row['k'])));
    const code = String(row['code']);
    const column = textOrNull(row['column_name']);
    const args = masking.args({ ...parseArgs(row['args']), column }, column);
    const suggestion = textOrNull(row['suggestion']);
    return {
      row_key: String(row['k']),
      file: files[key.file] ?? '',
      row: key.row,
      code,
      column,
      score: Number(row['score']),
      suggestion: suggestion === null ? null : masking.cell(column, suggestion),
      message: defect.sentences[code]?.(args) ?? code,
    };
  });
}

function flaggedOf(audit: Audit): readonly FlaggedDefect[] {
  return [...audit].flatMap(([defect, outcome]) =>
    outcome.outcome === 'ok' && outcome.evidence.flagged !== null
      ? [{ defect, flagged: outcome.evidence.flagged }]
      : [],
  );
}

function trainFiles(study: Study): readonly string[] {
  return study.files.filter((file) => file.role === 'train').map((file) => file.name);
}

function parseArgs(value: unknown): Finding['args'] {
  if (typeof value !== 'string' || value === '') return {};
  const parsed: Json = JSON.parse(value);
  return isRecord(parsed) ? parsed : {};
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOrNull(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

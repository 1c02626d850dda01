import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TextMark } from '../../src/dataset/sql/shapes/text-marks.js';
import type { TextOptions } from './options.js';
import { flaggedTexts, textMarks, topText } from '../../src/dataset/sql/shapes/text-marks.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { inGroups } from '../../src/derived/in-groups.js';

/** Cells of one column with one thing wrong. */
interface Found {
  readonly column: Column;
  readonly what: TextMark | { readonly text: string };
  readonly code: string;
  readonly cells: number;
}

/**
 * Share of the given cells of free text from which one text is boilerplate, and its fewest characters. Free text is written
 * in words, and mostly once: at least this share of the other cells are different texts.
 */
const boilerplate = { share: 0.05, cells: 20, characters: 20, different: 0.5 } as const;

/** Texts that are blank, damaged by a wrong encoding, or the same in many rows of a column of free text. */
export async function detect(study: Study, run: Run, options: TextOptions): Promise<Evidence> {
  const { train } = study;
  const columns = train.columns.filter((column) => column.type === 'VARCHAR');
  const found = train.rows > 0 ? await inGroups(columns, (some) => marked(study, some, run, options)) : [];
  const cells = (mark: string): number => found.reduce((sum, f) => sum + (f.code === `text.${mark}` ? f.cells : 0), 0);
  const all = found.reduce((sum, f) => sum + f.cells, 0);
  return {
    measurements: ['blank', 'damaged', 'boilerplate'].map((mark) => ({
      name: `text.${mark}`,
      value: cells(mark),
      unit: 'count' as const,
    })),
    findings: found.toSorted((a, b) => rank(a) - rank(b) || b.cells - a.cells).map(finding),
    score: columns.length === 0 ? 0 : Math.min(1, all / (columns.length * Math.max(1, train.rows))),
    flagged: found.length === 0 ? null : await flag(study, found, run),
  };
}

async function marked(
  { train }: Study,
  columns: readonly Column[],
  run: Run,
  options: TextOptions,
): Promise<readonly Found[]> {
  const [row = {}] = await run.engine.rows(textMarks(train, columns, run.engine.dialect), 1, run);
  const found: Found[] = [];
  for (const [i, column] of columns.entries()) {
    for (const mark of ['blank', 'damaged'] as const) {
      const cells = Number(row[`${mark}${i}`]);
      if (cells > 0) found.push({ column, what: mark, code: `text.${mark}`, cells });
    }
    if (!(Number(row[`m${i}`]) >= options.characters)) continue;
    const [top] = await run.engine.rows(topText(train, column), 1, run);
    const [text, cells] = [String(top?.['value'] ?? ''), Number(top?.['n'] ?? 0)];
    if (cells < Math.max(boilerplate.cells, boilerplate.share * Number(row[`n${i}`]))) continue;
    if (text.length < boilerplate.characters || !/\S\s+\S/.test(text)) continue;
    const others = Number(row[`n${i}`]) - cells;
    if (Number(top?.['texts'] ?? 0) - 1 < boilerplate.different * others) continue;
    found.push({ column, what: { text }, code: 'text.boilerplate', cells });
  }
  return found;
}

function rank({ code }: Found): number {
  return code === 'text.damaged' ? 0 : 1;
}

function finding({ column, code, cells, what }: Found): Finding {
  const text = typeof what === 'string' ? {} : { text: what.text.slice(0, 80) };
  return {
    code,
    severity: code === 'text.damaged' ? 'suspect' : 'note',
    args: { column: column.name, cells, ...text },
  };
}

async function flag({ train }: Study, found: readonly Found[], run: Run): Promise<Evidence['flagged']> {
  const relation = tableName('text_flagged', train.name);
  const query = flaggedTexts(train, found, run.engine.dialect);
  const { rows } = await run.engine.write(query, { kind: 'table', name: relation }, run);
  return { relation, rows };
}

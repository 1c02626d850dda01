import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Value } from '../../src/core/engine.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TextMark } from '../../src/dataset/sql/shapes/text-marks.js';
import type { TextOptions } from './options.js';
import { flaggedTexts, textMarks, textMarksByLevel, topText } from '../../src/dataset/sql/shapes/text-marks.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { approximateValues } from '../../src/derived/approximate-values.js';
import { inGroups } from '../../src/derived/in-groups.js';
import { levelTable } from '../../src/derived/level-table.js';

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

/** A column of at most so many texts is looked at text by text. */
const mostLevels = 1000;

/** Texts that are blank, damaged by a wrong encoding, or the same in many rows of a column of free text. */
export async function detect(study: Study, run: Run, options: TextOptions): Promise<Evidence> {
  const { train } = study;
  const columns = train.columns.filter((column) => column.type === 'VARCHAR');
  const found = train.rows > 0 ? await marked(study, columns, run, options) : [];
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
  const counted = await counts(train, columns, run);
  const found: Found[] = [];
  for (const [i, column] of columns.entries()) {
    const { given, characters, ...marks } = counted[i]!;
    for (const mark of ['blank', 'damaged'] as const)
      if (marks[mark] > 0) found.push({ column, what: mark, code: `text.${mark}`, cells: marks[mark] });
    if (!(characters >= options.characters)) continue;
    const [top] = await run.engine.rows(topText(train, column), 1, run);
    const [text, cells] = [String(top?.['value'] ?? ''), Number(top?.['n'] ?? 0)];
    if (cells < Math.max(boilerplate.cells, boilerplate.share * given)) continue;
    if (text.length < boilerplate.characters || !/\S\s+\S/.test(text)) continue;
    const others = given - cells;
    if (Number(top?.['texts'] ?? 0) - 1 < boilerplate.different * others) continue;
    found.push({ column, what: { text }, code: 'text.boilerplate', cells });
  }
  return found;
}

/** Given cells of a column, their mean length, and those of each mark. */
interface Counts extends Readonly<Record<TextMark, number>> {
  readonly given: number;
  readonly characters: number;
}

/** A pattern is dear: of columns of few texts each text is asked once, of the others each cell, a scan for many of them. */
async function counts(train: Relation, columns: readonly Column[], run: Run): Promise<readonly Counts[]> {
  const { engine } = run;
  const texts = await approximateValues(train, columns, run);
  const many = columns.filter((_, i) => texts[i]! > mostLevels);
  const ofMany = await inGroups(many, async (some) => {
    const [row = {}] = await engine.rows(textMarks(train, some, engine.dialect), 1, run);
    return some.map((_, i) => countsIn(row, i));
  });
  const all: Counts[] = [];
  for (const column of columns) {
    const known = ofMany[many.indexOf(column)];
    if (known !== undefined) all.push(known);
    else {
      const [row = {}] = await engine.rows(
        textMarksByLevel(await levelTable(train, column, run), engine.dialect),
        1,
        run,
      );
      all.push(countsIn(row, 0));
    }
  }
  return all;
}

function countsIn(row: Readonly<Record<string, Value>>, i: number): Counts {
  const [given, characters, blank, damaged] = ['n', 'm', 'blank', 'damaged'].map((name) =>
    Number(row[`${name}${i}`] ?? 0),
  );
  return { given: given!, characters: characters!, blank: blank!, damaged: damaged! };
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

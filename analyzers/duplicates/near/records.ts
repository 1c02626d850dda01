import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { cellTexts } from '../../../src/dataset/sql/shapes/cell-texts.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';
import { plainText } from './plain-text.js';

/** The rows of a table as plain texts, in key order. */
export interface Records {
  readonly columns: readonly Column[];
  /** `fields[row][column]`; empty where null. */
  readonly fields: readonly (readonly string[])[];
}

/** Columns emptier than this, or of so few values, say little about which row is which. */
const minFilled = 0.2;
const minValues = 6;
/** A text that names things has so many values for its cells; a table of things has two such columns. */
const namingShare = 0.15;
const minNaming = 2;

/** The records of a table that names things (people, places, products); null where near duplicates mean nothing. */
export async function readRecords(relation: Relation, columns: readonly Column[], run: Run): Promise<Records | null> {
  const kinds = new Set(['text', 'integer', 'decimal', 'float', 'time']);
  const asked = columns.filter(({ type }) => kinds.has(typeKind(type)));
  if (asked.filter(({ type }) => typeKind(type) === 'text').length < minNaming) return null;
  const fields: string[][] = [];
  for await (const batch of run.engine.batches(cellTexts(relation.name, asked), run)) {
    for (let row = 0; row < batch.rows; row++) {
      fields.push(
        batch.columns.map(({ values, valid }) => (valid?.[row] === 0 ? '' : plainText(String(values[row] ?? '')))),
      );
    }
  }
  const facts = asked.map((_, c) => factsOf(fields.map((row) => row[c]!)));
  const isNaming = (c: number): boolean =>
    typeKind(asked[c]!.type) === 'text' && facts[c]!.filled >= minFilled && facts[c]!.distinct >= namingShare;
  if (asked.filter((_, c) => isNaming(c)).length < minNaming) return null;
  const kept = [...asked.keys()].filter((c) => facts[c]!.filled >= minFilled && facts[c]!.values >= minValues);
  return { columns: kept.map((c) => asked[c]!), fields: fields.map((row) => kept.map((c) => row[c]!)) };
}

/** Share of cells that hold something, different values, and those as a share of the held cells. */
function factsOf(cells: readonly string[]): {
  readonly filled: number;
  readonly values: number;
  readonly distinct: number;
} {
  const held = cells.filter((cell) => cell !== '');
  const values = new Set(held).size;
  return { filled: held.length / Math.max(1, cells.length), values, distinct: values / Math.max(1, held.length) };
}

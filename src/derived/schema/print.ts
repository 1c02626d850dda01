import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Schema, SchemaColumn } from './schema.js';

const head = [
  'What this data is expected to be. Edit it as you like: everything but `seen` is a rule that data is checked against.',
  'Check data with: assay audit DATA --schema schema.yaml',
  'Compare with another version: assay schema DATA --diff schema.yaml',
  'A column: type, role, unit; presence (least share of rows with a value), range, values (every value there is), length',
  'of lists, environments (where it is there), sparse (a value that stands in nearly all rows), fill (what older data',
  'without the column is filled with). `seen` describes the data it was made from.',
];

/** A schema as commented YAML: one block a column, short lists on one line. */
export function printSchema(schema: Schema): string {
  const document = new Document(schema, { aliasDuplicateObjects: false });
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  const columns = document.get('columns', true);
  if (isSeq(columns)) {
    columns.items.forEach((item, i) => {
      if (!isMap(item)) return;
      const remark = remarkOn(schema.columns[i]!);
      if (remark !== null) item.commentBefore = ` ${remark}`;
      for (const pair of item.items) {
        if (isScalar(pair.key) && pair.key.value === 'seen' && isMap(pair.value)) {
          for (const inner of pair.value.items) flow(inner.value);
        } else flow(pair.value);
      }
    });
  }
  flow(document.get('environments', true));
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function flow(node: unknown): void {
  if (isSeq(node)) node.flow = true;
  if (isSeq(node)) for (const item of node.items) flow(item);
}

/** What is worth a look before the rest. */
function remarkOn({ name, role, unit, sparse, seen }: SchemaColumn): string | null {
  const shown = JSON.stringify(name);
  if (role === 'label') return `${shown} is the label: it is not there in serving`;
  if (unit !== undefined) return `${shown}: the unit is a guess by ${unit.includes('since') ? 'its size' : 'its name'}`;
  if (sparse !== undefined) return `${shown} is sparse`;
  return seen.nulls >= 0.5 ? `${shown} is mostly empty` : null;
}

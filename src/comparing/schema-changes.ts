import type { SchemaChange } from '../core/data-comparison.js';
import type { Change } from '../derived/schema/diff/change.js';
import type { Schema } from '../derived/schema/schema.js';
import { argText } from '../core/arg-text.js';
import { diffSchemas } from '../derived/schema/diff/diff.js';

/** What differs between two data sets before a model is asked: columns that one lacks, that were renamed, swapped, retyped. */
export function schemaChanges(a: Schema, b: Schema): readonly SchemaChange[] {
  return diffSchemas(a, b).changes.flatMap((change): SchemaChange[] => {
    const { code, column, to, args = {} } = change;
    switch (code) {
      case 'removed':
        return [{ column, change: 'only-in-a', from: typeIn(a, column), to: null }];
      case 'added':
        return [{ column, change: 'only-in-b', from: null, to: typeIn(b, column) }];
      case 'type':
        return [{ column, change: 'type', from: argText(args['from']), to: argText(args['to']) }];
      case 'renamed':
      case 'swapped':
        return [{ column, change: code, from: column, to: to ?? column }];
      case 'unit':
        return unitChange(change);
      default:
        return [];
    }
  });
}

function unitChange({ column, args = {} }: Change): SchemaChange[] {
  const factor = Number(args['factor']);
  return Number.isFinite(factor) ? [{ column, change: 'unit', from: null, to: String(factor) }] : [];
}

function typeIn({ columns }: Schema, name: string): string | null {
  return columns.find((column) => column.name === name)?.type ?? null;
}

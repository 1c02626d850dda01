import type { PutColumn } from '../core/engine.js';
import type { Run } from '../core/run.js';

/** A table of the engine that is made piece by piece, so that it need not fit into memory here. */
export interface TableParts {
  /** Stores more rows; all calls bring the same columns. */
  add(columns: readonly PutColumn[]): Promise<void>;
  /** Makes the view `name` of all rows added, at least one of them, and of those of the tables `before`. */
  finish(before?: readonly string[]): Promise<void>;
}

/** `columns` are the names of those that the view shows. */
export function tableParts(name: string, columns: readonly string[], run: Run): TableParts {
  const parts: string[] = [];
  return {
    add: async (some) => {
      const part = `${name}__part_${parts.length}`;
      await run.engine.put(part, some, run);
      parts.push(part);
    },
    finish: async (before = []) => {
      const selects = [...before, ...parts].map((part) => `SELECT ${columns.join(', ')} FROM ${part}`);
      await run.engine.write({ sql: selects.join(' UNION ALL ') }, { kind: 'view', name }, run);
    },
  };
}

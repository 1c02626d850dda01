import type { TypeName } from '../../../core/plan.js';
import type { Portrait, Schema } from '../schema.js';
import { typeKind } from '../../../dataset/sql/type-kinds.js';
import { portraitRows } from '../schema.js';

/** A column as far as it can be known again. */
export interface Known {
  readonly name: string;
  readonly type: TypeName;
  readonly seen: Portrait;
  /** Rows its portrait was drawn from, and those of them that hold a value. */
  readonly rows: number;
  readonly held: number;
  /** True where its values move on with time by their nature. */
  readonly moving: boolean;
}

export function knownColumns({ made, columns }: Schema): readonly Known[] {
  const rows = Math.min(made.rows, portraitRows);
  return columns.map(({ name, type, seen, role }) => ({
    name,
    type,
    seen,
    rows,
    held: Math.round(rows * (1 - seen.nulls)),
    moving: role === 'time',
  }));
}

export type Kind = 'number' | 'moment' | 'text' | 'boolean' | 'list' | 'other';

/** What values are for comparing them: columns of different kinds are never one and the same. */
export function kindOf(type: TypeName): Kind {
  if (type.endsWith('[]')) return 'list';
  const kind = typeKind(type);
  if (kind === 'integer' || kind === 'float' || kind === 'decimal') return 'number';
  return kind === 'time' ? 'moment' : kind === 'text' || kind === 'boolean' ? kind : 'other';
}

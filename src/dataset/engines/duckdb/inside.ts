import type { DuckDBVector } from '@duckdb/node-api';

/**
 * What a DuckDB vector keeps inside. Its public way to values is one call and one object a value; hundreds of
 * millions of cells need the arrays themselves. The memory belongs to the chunk: copy what is kept.
 */
export interface Inside {
  /** Typed array of the values, for types that have one. */
  readonly items: unknown;
  /** Raw bytes, for booleans, decimals and strings. */
  readonly dataView: DataView;
  /** Bit per row, 0 for null; null where no row is null. */
  readonly validity: { data: BigUint64Array | null };
}

/** The inside of a vector: the fields exist in JavaScript and are hidden by the types only, hence the cast. */
export function inside(vector: DuckDBVector): Inside {
  return vector as unknown as Inside;
}

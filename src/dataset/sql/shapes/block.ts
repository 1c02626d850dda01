import type { Dialect } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';

/** Rows of a stretch of time, of one value of a column where a slice is named. */
export interface Block {
  readonly time: Column;
  /** Seconds since 1970, from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly slice: { readonly column: Column; readonly value: string } | null;
}

/** Whether a row lies in the block; never unknown. */
export function blockSql(block: Block, dialect: Dialect): string {
  const moment = dialect.epoch(block.time.id, block.time.type);
  const inTime = `${moment} >= ${block.from} AND ${moment} < ${block.to}`;
  const { slice } = block;
  const inSlice =
    slice === null ? '' : ` AND ${dialect.asText(slice.column.id, slice.column.type)} = ${dialect.text(slice.value)}`;
  return `coalesce(${inTime}${inSlice}, false)`;
}

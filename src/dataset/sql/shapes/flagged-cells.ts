import type { Dialect, Query } from '../../../core/engine.js';
import type { Json } from '../../../core/evidence.js';
import type { Relation } from '../../../core/relation.js';
import { blockSql, type Block } from './block.js';
import { markSql, type Mark } from './missing-mark.js';

/** The cells of a mark that are flagged under one code; with a block, those inside it only. */
export interface FlaggedCells {
  readonly mark: Mark;
  readonly code: string;
  readonly score: number;
  readonly suggestion: string | null;
  readonly args: { readonly [name: string]: Json };
  readonly inside: readonly Block[];
  /** Cells in these blocks are flagged under another code. */
  readonly outside: readonly Block[];
}

/** Flagged cells in the form of `Flagged`, one scan a group. */
export function flaggedCells(relation: Relation, groups: readonly FlaggedCells[], dialect: Dialect): Query {
  const parts = groups.map((group) => {
    const inBlocks = (blocks: readonly Block[]): string => `(${blocks.map((b) => blockSql(b, dialect)).join(' OR ')})`;
    const where = [
      markSql(group.mark, dialect),
      ...(group.inside.length > 0 ? [inBlocks(group.inside)] : []),
      ...(group.outside.length > 0 ? [`NOT ${inBlocks(group.outside)}`] : []),
    ].join(' AND ');
    const suggestion = group.suggestion === null ? 'CAST(NULL AS VARCHAR)' : dialect.text(group.suggestion);
    return `SELECT k, ${dialect.text(group.code)} AS code, ${dialect.text(group.mark.column.name)} AS column_name,
      CAST(${group.score} AS DOUBLE) AS score, ${suggestion} AS suggestion, ${dialect.text(JSON.stringify(group.args))} AS args
      FROM ${relation.name} WHERE ${where}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

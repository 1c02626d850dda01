import type { TableName } from '../../core/engine.js';
import type { Plan } from '../../core/plan.js';
import type { Column } from '../../core/relation.js';
import type { CompiledColumn, Pair, StepEffect } from '../../dataset/sql/plan/compiled.js';
import type { KeyNames } from '../../dataset/sql/plan/files.js';
import type { Counts, FileStamp } from '../files/manifest.js';

/**
 * `manifest.json` of a cleaning whose tables lie on a server: what was done, and which tables hold it. As that of files
 * it holds no time, path or host.
 */
export interface TableManifest {
  readonly manifest: 'tables-1';
  readonly source: TableName & {
    /** Content hash of the source. */
    readonly hash: string;
    readonly rows: number;
    /** Columns that identify a row; the log names rows by them. */
    readonly key: readonly string[];
    /** Columns, under the types as which they were read. */
    readonly columns: readonly Column[];
    readonly label: string | null;
    readonly weight: string | null;
  };
  /** The steps that were carried out. */
  readonly plan: Plan;
  readonly effects: readonly StepEffect[];
  readonly tables: {
    readonly cleaned: TableName;
    readonly quarantine: TableName;
    /** Null where no column of the source was dropped. */
    readonly quarantineColumns: TableName | null;
    readonly changes: TableName;
  };
  readonly cleaned: readonly CompiledColumn[];
  readonly dropped: readonly string[];
  readonly pairs: readonly Pair[];
  readonly keyNames: KeyNames;
  readonly counts: Counts;
  readonly files: Readonly<Record<string, FileStamp>>;
}

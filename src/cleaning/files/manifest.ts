import type { Plan, TypeName } from '../../core/plan.js';
import type { Column, TextColumn } from '../../core/relation.js';
import type { CompiledColumn, Pair, StepEffect } from '../../dataset/sql/plan/compiled.js';
import type { KeyNames } from '../../dataset/sql/plan/files.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../core/errors.js';

/**
 * `manifest.json`: what a cleaning did and what undoing it needs, beside the change log. It holds no time, path or
 * host, so the same cleaning writes the same manifest.
 */
export interface Manifest {
  readonly manifest: '1';
  readonly source: {
    /** Content hash of the source; keyed lists name it. */
    readonly hash: string;
    /** Names of the files as the user gave them, in key order. */
    readonly files: readonly string[];
    readonly rows: number;
    /** Runs of consecutive row keys, ascending; a key is text because it may pass 2^53. */
    readonly keys: readonly KeyRange[];
    readonly columns: readonly Column[];
    /** Ids of the label and weight columns, null where the study has none. */
    readonly label: string | null;
    readonly weight: string | null;
    /** How the cell texts come back, where the source was a text format; the cells that need one are step 0 of the log. */
    readonly texts?: readonly TextColumn[];
  };
  /** The steps. Their keyed lists are named as in {@link lists}. */
  readonly plan: Plan;
  /** What each step does to which column, in order. */
  readonly effects: readonly StepEffect[];
  /** Where the cleaned rows lie; `cleaned.parquet` where absent. */
  readonly rows?: CleanedRows;
  /** Columns of the cleaned file, in order; ids are those of {@link effects}. */
  readonly cleaned: readonly CompiledColumn[];
  /** Source columns kept in `quarantine-columns.parquet`, by id. */
  readonly dropped: readonly string[];
  /** Which columns of the change log hold values of which type. */
  readonly pairs: readonly Pair[];
  /** Names of the key columns of the two quarantine files. */
  readonly keyNames: KeyNames;
  readonly counts: Counts;
  readonly lists: readonly StoredList[];
  /** Hash and size of every file of the cleaning but this one, by its name. */
  readonly files: Readonly<Record<string, FileStamp>>;
}

export interface KeyRange {
  readonly first: string;
  readonly rows: number;
}

/** Files of cleaned rows, in key order. */
export interface CleanedRows {
  readonly format: 'parquet' | 'csv' | 'jsonl' | 'duckdb';
  /** The table of a database file. */
  readonly table?: string;
  readonly files: readonly {
    readonly name: string;
    readonly rows: number;
    /** By column id: the text of the value that its folders tell; the file does not hold it. */
    readonly folders: Readonly<Record<string, string>>;
  }[];
}

/** cleaned + quarantine - copies = source rows; `copies` live in the cleaned file. */
export interface Counts {
  readonly cleaned: number;
  readonly quarantine: number;
  readonly copies: number;
  /** Entries of the change log in all, and of each step that has any. */
  readonly changes: number;
  readonly steps: Readonly<Record<string, number>>;
}

/** A keyed list of a step, kept as Parquet beside the recipe: `row_key, copy[, value]`. */
export interface StoredList {
  readonly step: number;
  /** Name by which the step refers to it. */
  readonly list: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  /** Type of `value`; null for lists of keys. */
  readonly type: TypeName | null;
}

export interface FileStamp {
  readonly sha256: string;
  readonly bytes: number;
}

/** Names of the files of a cleaning. */
export const fileNames = {
  cleaned: 'cleaned.parquet',
  quarantine: 'quarantine.parquet',
  quarantineColumns: 'quarantine-columns.parquet',
  changes: 'changes.parquet',
  recipe: 'recipe.yaml',
  proof: 'proof.json',
  manifest: 'manifest.json',
} as const;

/** The manifest of a cleaning. @throws AssayError `file-not-found` or `file-damaged`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, fileNames.manifest);
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new AssayError('file-not-found', { path }, { cause });
  }
  const damaged = (reason: string, cause?: unknown): AssayError =>
    new AssayError('file-damaged', { path, format: 'manifest', reason }, { cause });
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && 'manifest' in read && read.manifest === '1') {
      // Written by this program and guarded by the hashes it holds; the version says the shape.
      return read as Manifest;
    }
    if (typeof read === 'object' && read !== null && 'manifest' in read && read.manifest === 'tables-1')
      throw damaged('it tells of tables on a server: what was removed and changed lies there beside the cleaned table');
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw damaged('it is not JSON', cause);
  }
  throw damaged('it is not a manifest of version 1');
}

/**
 * The one error class of Assay. An error is a code with typed arguments; the sentence is made here, once,
 * and says what happened, with which value, what was expected and what to do next.
 */

/** Arguments of every error, by code. Adding an error is adding a line here and one in {@link sentences}. */
export interface ErrorArgs {
  'file-not-found': { path: string };
  'file-unreadable': { path: string; reason: string };
  'format-unknown': { path: string };
  'file-damaged': { path: string; format: string; reason: string };
  'file-changed': { path: string };
  'file-empty': { path: string };
  'encoding-wrong': { path: string; found: string };
  'too-many-rejects': { path: string; rejected: number; rows: number; first: string };
  'column-unknown': { column: string; role: string; suggestion: string | null; columns: readonly string[] };
  'role-ambiguous': { role: string; candidates: readonly string[] };
  'role-missing': { role: string };
  'label-not-binary': { column: string; values: readonly string[] };
  'label-one-class': { column: string; value: string };
  'positive-unknown': { column: string; value: string; values: readonly string[] };
  'key-not-unique': { columns: readonly string[]; example: string };
  'option-invalid': { option: string; value: string; expected: string };
  'config-invalid': { path: string; line: number; column: number; reason: string };
  'output-unwritable': { path: string; reason: string };
  'output-exists': { path: string };
  'plan-refused': { step: number; reason: string };
  'undo-refused': { reason: string };
  'migration-refused': { a: string; b: string; reasons: readonly string[] };
  'sink-refused': { format: string; reason: string };
  'run-not-found': { id: string; folder: string };
  'engine-failed': { kind: EngineFault; message: string };
  'server-unreachable': { server: string; reason: string };
  'server-refused': { server: string; reason: string };
  'table-unsuitable': { table: string; reason: string };
  'table-exists': { table: string };
  'tables-left': { tables: readonly string[]; reason: string };
  'worker-failed': { message: string };
  'training-impossible': { reason: string };
  'trainer-not-found': { name: string; program: string; reason: string };
  'trainer-crashed': { name: string; end: string; stderr: string };
  'trainer-timeout': { name: string; seconds: number };
  'trainer-memory': { name: string; megabytes: number };
  'predictions-missing': { name: string };
  'predictions-unreadable': { name: string; reason: string };
  'predictions-rows': { name: string; found: number; expected: number | null };
  'predictions-values': { name: string; row: number; value: string };
  'disk-full': { path: string };
  'spill-full': { folder: string };
  interrupted: Record<string, never>;
  internal: { message: string };
}

/** What went wrong inside an engine, the same words for every engine. */
export type EngineFault = 'syntax' | 'not-found' | 'memory' | 'timeout' | 'cancelled' | 'disk' | 'data' | 'other';

export type ErrorCode = keyof ErrorArgs;

/** Exit codes of the command line: 3 bad input or environment, 4 a bug, 130 interrupted. */
export type ErrorExit = 3 | 4 | 130;

const sentences: { readonly [C in ErrorCode]: (a: ErrorArgs[C]) => string } = {
  'file-not-found': (a) => `No file matches ${quote(a.path)}. Give a path, a glob or a folder that exists.`,
  'file-unreadable': (a) => `${quote(a.path)} cannot be read: ${a.reason}. Check the path and its permissions.`,
  'format-unknown': (a) =>
    `The format of ${quote(a.path)} is not known. Expected .csv, .tsv, .jsonl, .parquet or .arrow, also with .gz or .zst.`,
  'file-damaged': (a) =>
    `${quote(a.path)} is not a whole ${a.format} file: ${a.reason}. Write the file again or leave it out.`,
  'file-changed': (a) =>
    `${quote(a.path)} changed while it was read, so nothing can be said of it. Run again when nobody writes to it.`,
  'file-empty': (a) => `${quote(a.path)} holds no rows. Give a file with at least one row.`,
  'encoding-wrong': (a) =>
    `${quote(a.path)} is not UTF-8 (it looks like ${a.found}). Give --encoding ${a.found}, or convert the file to UTF-8.`,
  'too-many-rejects': (a) =>
    `${quote(a.path)} has ${a.rejected} malformed lines beside ${a.rows} good ones; 1% or more is not accepted. The first: ${a.first}. Repair the file, or check its delimiter and quoting.`,
  'column-unknown': (a) =>
    `There is no column ${quote(a.column)} for the role ${a.role}.${a.suggestion === null ? '' : ` Did you mean ${quote(a.suggestion)}?`} The columns are: ${list(a.columns)}.`,
  'role-ambiguous': (a) => `Several columns could be the ${a.role}: ${list(a.candidates)}. Name one with --${a.role}.`,
  'role-missing': (a) => `No column was found for the role ${a.role}. Name one with --${a.role}.`,
  'label-not-binary': (a) =>
    `The label ${quote(a.column)} has ${a.values.length > 2 ? 'more than two values' : 'nulls'}: ${list(a.values)}. Expected exactly two values and no null. Name another column with --label.`,
  'label-one-class': (a) =>
    `The label ${quote(a.column)} has one value only: ${quote(a.value)}. A model needs both classes. Name another column with --label, or give more rows.`,
  'positive-unknown': (a) =>
    `The label ${quote(a.column)} never is ${quote(a.value)}. Its values are: ${list(a.values)}. Name one of them with --positive.`,
  'key-not-unique': (a) =>
    `The key ${list(a.columns)} is not unique: ${a.example} occurs more than once. Give columns that identify a row, or leave --key out.`,
  'option-invalid': (a) => `${a.option} ${quote(a.value)} is not valid. Expected ${a.expected}.`,
  'config-invalid': (a) => `${a.path}:${a.line}:${a.column}: ${a.reason}.`,
  'output-unwritable': (a) =>
    `Nothing can be written to ${quote(a.path)}: ${a.reason}. Choose another folder with --out.`,
  'output-exists': (a) => `${quote(a.path)} exists already. Choose another folder with --out, or remove it.`,
  'plan-refused': (a) => `Step ${a.step} of the plan is refused: ${a.reason}.`,
  'undo-refused': (a) => `The undo is refused: ${a.reason}.`,
  'migration-refused': (a) =>
    `Data like ${quote(a.a)} cannot be made data like ${quote(a.b)}: ${a.reasons.join('; ')}.`,
  'sink-refused': (a) =>
    `The cleaned rows cannot be written as ${a.format} and come back as they are: ${a.reason}. Choose --write parquet.`,
  'run-not-found': (a) => `There is no run ${quote(a.id)} in ${quote(a.folder)}. List the runs with: assay runs.`,
  'engine-failed': (a) =>
    `The engine failed (${a.kind}): ${a.message}${a.kind === 'memory' ? '. Give it more with --memory, or look for fewer defects at a time with --only.' : ''}`,
  'server-unreachable': (a) =>
    `The server ${quote(a.server)} cannot be reached: ${a.reason}. Check host, port and TLS; the port is that of HTTP (8123, or 8443 with TLS).`,
  'server-refused': (a) =>
    `The server ${quote(a.server)} refuses: ${a.reason}. User and password come from ASSAY_CLICKHOUSE_USER and ASSAY_CLICKHOUSE_PASSWORD; the user must be able to read the table and to make tables in a database of its own (ASSAY_CLICKHOUSE_SCRATCH).`,
  'table-unsuitable': (a) => `The table ${quote(a.table)} cannot be read: ${a.reason}.`,
  'table-exists': (a) => `The table ${quote(a.table)} exists already. Choose another name with --table, or remove it.`,
  'tables-left': (a) =>
    `Something failed, and the server did not remove what was begun: drop the tables ${list(a.tables)}. What failed: ${a.reason}`,
  'worker-failed': (a) => `A worker stopped: ${a.message}`,
  'training-impossible': (a) =>
    `No model can be trained: ${a.reason}. Give rows of both classes, or leave this change out.`,
  'trainer-not-found': (a) =>
    `The trainer ${quote(a.name)} cannot be started: ${quote(a.program)}: ${a.reason}. Check --trainer; it is run without a shell.`,
  'trainer-crashed': (a) =>
    `The trainer ${quote(a.name)} ended with ${a.end}. ${a.stderr === '' ? 'It wrote nothing to stderr.' : `Its last words: ${a.stderr}`}`,
  'trainer-timeout': (a) =>
    `The trainer ${quote(a.name)} took more than ${a.seconds} s for one training and was stopped. Make it faster or raise --trainer-time.`,
  'trainer-memory': (a) =>
    `The trainer ${quote(a.name)} used more than ${a.megabytes} MB and was stopped. Make it smaller or raise --trainer-memory.`,
  'predictions-missing': (a) =>
    `The trainer ${quote(a.name)} ended well but wrote no predictions. It must write them to the path it is given as {predictions}.`,
  'predictions-unreadable': (a) =>
    `The predictions of ${quote(a.name)} cannot be read: ${a.reason}. Expected Parquet or CSV with a header and the column "prediction".`,
  'predictions-rows': (a) =>
    `The trainer ${quote(a.name)} wrote ${a.found} predictions${a.expected === null ? '' : ` for ${a.expected} test rows`}. Expected one for each test row.`,
  'predictions-values': (a) =>
    `The trainer ${quote(a.name)} predicted ${a.value} for test row ${a.row}. Expected a probability from 0 to 1.`,
  'disk-full': (a) =>
    `The disk is full while writing ${quote(a.path)}. Nothing was left behind; free some space and run again.`,
  'spill-full': (a) =>
    `The disk of ${quote(a.folder)} is full: what does not fit into memory is put there. Nothing was left behind; free some space there, let TMPDIR name a folder on a larger disk, or give more memory with --memory.`,
  interrupted: () => 'Interrupted. Nothing was left behind.',
  internal: (a) => `This is a bug in Assay: ${a.message}`,
};

const exits: { readonly [C in ErrorCode]?: ErrorExit } = {
  'engine-failed': 4,
  'worker-failed': 4,
  internal: 4,
  interrupted: 130,
};

/** Names and values in sentences: JSON quoting keeps newlines and quotes visible; long values are cut. */
function quote(value: string): string {
  return JSON.stringify(value.length > 120 ? `${value.slice(0, 100)}…${value.slice(-15)}` : value);
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, 12).map(quote).join(', ');
  return values.length > 12 ? `${shown} and ${values.length - 12} more` : shown;
}

/** An error a user can act on. `message` is the sentence; `code` and `args` are for programs. */
export class AssayError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly args: ErrorArgs[C];
  /** Exit code of the command line for this error. */
  readonly exit: ErrorExit;

  constructor(code: C, args: ErrorArgs[C], options?: { cause?: unknown }) {
    super(sentences[code](args), options);
    this.name = 'AssayError';
    this.code = code;
    this.args = args;
    // Too little memory is no bug.
    const { kind } = args as { kind?: EngineFault };
    this.exit = kind === 'memory' ? 3 : (exits[code] ?? 3);
  }
}

/** An error as plain data, for borders that lose class and fields: worker messages, files, HTTP. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly args: ErrorArgs[ErrorCode];
}

/** Turns whatever was thrown into plain data; an unknown error becomes `internal` with its message. */
export function toPlainError(thrown: unknown): PlainError {
  const error = toAssayError(thrown);
  return { code: error.code, message: error.message, args: error.args };
}

/** Whatever was thrown as an {@link AssayError}; aborts become `interrupted`, the unknown becomes `internal`. */
export function toAssayError(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return new AssayError('interrupted', {}, { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AssayError('internal', { message }, { cause: thrown });
}

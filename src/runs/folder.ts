import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { draftName, sweepDrafts } from '../core/drafts.js';
import { AssayError } from '../core/errors.js';

/** A run's folder while it is being written: everything goes to {@link RunFolder.draft}, and appears at once or never. */
export interface RunFolder {
  readonly id: string;
  /** Where files are written; its name starts with a dot, so no reader takes it for a run. */
  readonly draft: string;
  write(name: string, text: string): Promise<void>;
  /** Renames the draft into place and returns the final folder. */
  publish(): Promise<string>;
  /** Removes the draft. */
  discard(): Promise<void>;
}

/**
 * Opens a draft under `<out>/runs`. Drafts that a killed process left behind are removed.
 *
 * @throws AssayError `output-unwritable` when nothing can be written there; nothing is left behind.
 */
export async function openRunFolder(out: string, startedAt: Date): Promise<RunFolder> {
  const runs = path.join(path.resolve(out), 'runs');
  const id = idOf(startedAt);
  const draft = path.join(runs, draftName(id));
  try {
    await mkdir(draft, { recursive: true });
    await access(draft, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('output-unwritable', { path: out, reason }, { cause });
  }
  await sweepDrafts(runs, null);
  return {
    id,
    draft,
    write: (name, text) => save(path.join(draft, name), text),
    publish: async () => {
      const final = path.join(runs, id);
      await rename(draft, final);
      return final;
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}

/** Writes a text file; a full disk is told apart from other faults. */
async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'ENOSPC') throw new AssayError('disk-full', { path: file }, { cause });
    throw new AssayError('output-unwritable', { path: file, reason: String(cause) }, { cause });
  }
}

/** `20261124-140134-3f2a`: sorts by time; the tail keeps two runs of one second apart. */
function idOf(at: Date): string {
  const stamp = at.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
  const tail = ((process.pid * 2654435761 + at.getMilliseconds() * 40503) >>> 0) % 65536;
  return `${stamp}-${tail.toString(16).padStart(4, '0')}`;
}

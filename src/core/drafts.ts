import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * A hidden name for what is being written and is renamed to `name` once it is whole, or is scratch of a running process.
 * It tells who writes, so that what a killed process left can be told from what another one is writing.
 */
export function draftName(name: string): string {
  return `.${name}-${machine()}-${process.pid}-${randomUUID()}`;
}

/** Removes the drafts of `name`, or of every name where it is null, whose process is gone. Never fails. */
export async function sweepDrafts(folder: string, name: string | null): Promise<void> {
  for (const entry of await readdir(folder).catch(() => [])) {
    const match = pattern.exec(entry);
    if (match === null || match[2] !== machine() || (name !== null && match[1] !== name)) continue;
    const draft = join(folder, entry);
    // Somebody else's cannot be removed, and need not be.
    if (!(await isRunning(Number(match[3]), draft))) await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

const pattern = /^\.(.+)-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const week = 7 * 24 * 3600 * 1000;

/** Folders may be shared between machines, whose process numbers mean nothing here. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** A number may have passed to another process meanwhile; no draft stays untouched for a week. */
async function isRunning(pid: number, draft: string): Promise<boolean> {
  const touched = await stat(draft).catch(() => null);
  if (touched === null || Date.now() - touched.mtimeMs > week) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it runs, and belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const main: string = fileURLToPath(new URL('../../dist/bin/assay.js', import.meta.url));

/** A file under fixtures/. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface How {
  /** Sends Ctrl-C when stderr first matches. */
  readonly interruptAfter?: RegExp;
  /** Does something once when stderr first matches. */
  readonly when?: { readonly said: RegExp; readonly act: (child: ChildProcess) => void };
  /** Looks at the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
  /** Sends Ctrl-C when this file holds something. */
  readonly interruptWhen?: string;
  /** As root, gives up root's right to write anywhere, so that permissions count. */
  readonly powerless?: boolean;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command line as a user would, in `cwd`. */
export async function assay(cwd: string, args: readonly string[], how: How = {}): Promise<Ended> {
  const { interruptAfter, interruptWhen } = how;
  const drop =
    how.powerless === true && process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  const [command, ...rest] = [...drop, process.execPath, main, ...args];
  const child = spawn(command!, rest, { cwd, env: { ...process.env, NO_COLOR: '1', ...how.env } });
  how.started?.(child);
  let out = '';
  let err = '';
  let interrupted = false;
  let done = false;
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
    if (how.when !== undefined && !done && how.when.said.test(err)) {
      done = true;
      how.when.act(child);
    }
    if (interruptAfter !== undefined && !interrupted && interruptAfter.test(err)) {
      interrupted = true;
      child.kill('SIGINT');
    }
  });
  const look = setInterval(() => {
    if (interruptWhen === undefined || interrupted || !existsSync(interruptWhen)) return;
    interrupted = statSync(interruptWhen).size > 0;
    if (interrupted) child.kill('SIGINT');
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  clearInterval(look);
  return { code, out, err };
}

/** Runs `body` in an empty folder that is removed afterwards. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-test-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

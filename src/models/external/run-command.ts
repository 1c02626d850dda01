import type { ChildProcess } from 'node:child_process';
import type { ExternalCommand } from './command.js';
import { spawn } from 'node:child_process';
import { AssayError } from '../../core/errors.js';
import { groupMemory } from './group-memory.js';

/** Milliseconds between two looks at memory. */
const lookEvery = 200;
/** Characters of stderr that are kept: its end. */
const keptStderr = 4000;

/**
 * Runs a command in a process group of its own, without a shell, and waits for its end. Whatever happens (its end, a
 * limit, an abort), the whole group is killed, so that no child of it lives on.
 * @throws AssayError `trainer-not-found`, `trainer-crashed`, `trainer-timeout`, `trainer-memory`, `interrupted`.
 */
export async function runCommand(
  command: ExternalCommand,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) throw new AssayError('interrupted', {});
  const [program, ...args] = argv;
  const { name } = command;
  const child = spawn(program!, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  const stderr = tailOf(child);
  let broken: AssayError | null = null;
  const stop = (error: AssayError): void => {
    broken ??= error;
    killGroup(child);
  };
  const onAbort = (): void => stop(new AssayError('interrupted', {}));
  signal.addEventListener('abort', onAbort, { once: true });
  const { seconds, memory } = command;
  const timer = setTimeout(() => stop(new AssayError('trainer-timeout', { name, seconds })), 1000 * seconds);
  const watch = setInterval(() => {
    if (child.pid === undefined) return;
    void groupMemory(child.pid).then((bytes) => {
      if (bytes > memory) stop(new AssayError('trainer-memory', { name, megabytes: Math.round(memory / 1e6) }));
    });
  }, lookEvery);
  try {
    const end = await ended(child, program!, name);
    // `stop` assigns it from its own callbacks, which the compiler cannot see.
    const limit = broken as AssayError | null;
    if (limit !== null) throw limit;
    if (end !== 'exit code 0') throw new AssayError('trainer-crashed', { name, end, stderr: lastLines(stderr()) });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener('abort', onAbort);
    killGroup(child);
    child.stderr?.destroy();
  }
}

/** How the command ended, once it did. Not the end of its stderr: a child of it may hold that open. */
function ended(child: ChildProcess, program: string, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'ENOENT' ? 'there is no such program' : cause.message;
      reject(new AssayError('trainer-not-found', { name, program, reason }, { cause }));
    });
    child.once('exit', (code, by) => {
      // What was written last may still be on its way through the pipe.
      setImmediate(() => setTimeout(() => resolve(code === null ? `signal ${by}` : `exit code ${code}`), 20));
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

function tailOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-keptStderr);
  });
  return () => text;
}

/** The last few lines that say something, on one line. */
function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(-3)
    .join(' / ');
}

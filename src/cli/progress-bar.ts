import type { ProgressEvent } from '../core/progress.js';
import { secondsLeft } from '../core/seconds-left.js';

/**
 * Draws the running step on stderr: one line that is rewritten on a terminal, one line a finished top-level step
 * elsewhere. Never on stdout, which carries results only.
 */
export function progressBar(stream: NodeJS.WriteStream, now: () => number): (event: ProgressEvent) => void {
  let drawn = 0;
  const begun = new Map<string, number>();
  return (event) => {
    const name = event.path.join(' / ');
    if (event.state === 'started') begun.set(name, now());
    const elapsed = (now() - (begun.get(name) ?? now())) / 1000;
    if (event.state === 'ended' && event.path.length === 1) {
      stream.write(`${clear(stream)}${name.padEnd(28)}${elapsed.toFixed(1).padStart(7)} s\n`);
      return;
    }
    if (!stream.isTTY || now() - drawn < 100 || event.state === 'ended') return;
    drawn = now();
    stream.write(`${clear(stream)}${line(name, event, elapsed, stream.columns)}`);
  };
}

function line(name: string, event: ProgressEvent, elapsed: number, columns: number): string {
  if (event.total === null || event.total === 0) return name.slice(0, columns - 1);
  const share = Math.min(1, event.done / event.total);
  const bar = '#'.repeat(Math.round(share * 20)).padEnd(20, '.');
  const seconds = secondsLeft(event.done, event.total, elapsed);
  const left = seconds === null ? '' : `  about ${Math.ceil(seconds)} s left`;
  return `${name} [${bar}] ${event.done}/${event.total}${left}`.slice(0, columns - 1);
}

function clear(stream: NodeJS.WriteStream): string {
  return stream.isTTY ? '\r\u001b[2K' : '';
}

import { readdir, readFile } from 'node:fs/promises';

/**
 * Resident bytes of a process group, summed over its processes (pages they share are counted for each). Read from
 * /proc; 0 on systems without it, where no memory limit is kept.
 */
export async function groupMemory(group: number): Promise<number> {
  const entries = await readdir('/proc').catch(() => []);
  const sizes = entries.filter((name) => /^\d+$/.test(name)).map((pid) => residentIn(group, pid));
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}

async function residentIn(group: number, pid: string): Promise<number> {
  // A process may end between the two looks.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  if (Number(/^NSpgid:\s+(\d+)/m.exec(status)?.[1]) !== group) return 0;
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
}

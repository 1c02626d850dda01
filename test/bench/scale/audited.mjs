import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../dist/bin/assay.js', import.meta.url));

/**
 * One `assay audit` of a file under a limit of memory, in a process of its own as a user would run it.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {string} out folder of its runs
 * @param {string} [memory] the limit
 * @returns {Promise<{seconds: number, cpu: number, peak: number}>} peak resident memory in MB
 */
export async function audited(file, args, out, memory = '4GB') {
  const begun = performance.now();
  const child = spawn(process.execPath, [cli, 'audit', file, ...args, '--memory', memory, '--out', out, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  let cpu = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
    cpu = Math.max(cpu, cpuOf(child.pid));
  }, 200);
  const code = await new Promise((done) => child.on('exit', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`assay audit ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1000, cpu, peak };
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor seconds of all its threads so far; the kernel counts in hundredths. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

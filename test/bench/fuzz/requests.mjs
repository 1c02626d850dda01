import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { serve } from '../../../dist/web/server/serve.js';
import { mutate } from './mutate.mjs';

const routes = [
  '',
  'api/runs',
  'api/jobs',
  'api/datasets',
  'api/uploads',
  'api/runs/x/report',
  'api/runs/x/findings',
  'api/compare',
  'api/recipes/x',
  'assets/x.js',
];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/**
 * Mutated HTTP to a server of its own, as bytes on a socket. The answer must be HTTP of a status below 500, or the end of
 * the connection; then a good request must work.
 */
export async function requestTarget(random, work, seed) {
  const folder = path.join(work, `${seed}-served`);
  mkdirSync(folder, { recursive: true });
  const served = await serve({ folder, port: 0 });
  const pick = (list) => list[Math.floor(random() * list.length)];
  const next = () => {
    const body = JSON.stringify({ train: 'a.csv', label: 'y', options: { seed: 1, only: ['missing'] } });
    const whole = [
      `${pick(methods)} /${pick(routes)}${random() < 0.3 ? '?from=0&count=50&sort=score&filter=%22' : ''} HTTP/1.1`,
      `Host: 127.0.0.1:${served.port}`,
      `Authorization: Bearer ${served.token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n');
    const bytes = random() < 0.1 ? Buffer.from(whole) : mutate(Buffer.from(whole), Buffer.from(body), random);
    return {
      name: 'request.http',
      bytes,
      attempt: async () => {
        const answer = await exchange(served.port, bytes);
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
        if (answer !== '' && (status === 0 || (status >= 500 && status !== 501 && status !== 505)))
          throw new Error(`answered ${answer.slice(0, 200)}`);
        if (random() < 0.02) {
          const good = await fetch(`${served.address}api/runs`, {
            headers: { Authorization: `Bearer ${served.token}` },
          });
          if (good.status >= 500) throw new Error(`a good request is answered with ${good.status}`);
        }
      },
    };
  };
  return {
    next,
    close: async () => {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends bytes and takes what comes back; a server that waits for more is left after a moment. */
function exchange(port, bytes) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });
}

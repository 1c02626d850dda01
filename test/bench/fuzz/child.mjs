// One target for some seconds of CPU: `node child.mjs TARGET SEED SECONDS KEPT WORK`. Prints a line of JSON for each
// finding and one at the end.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AssayError } from '../../../dist/src/core/errors.js';
import { uniform } from '../kill/uniform.mjs';
import { fileTarget } from './files.mjs';
import { requestTarget } from './requests.mjs';
import { textTarget } from './texts.mjs';

const [target, seed, seconds, kept, work] = process.argv.slice(2);
const makers = { files: fileTarget, texts: textTarget, requests: requestTarget };
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The input of the try under way, for what nobody awaits. */
let current = { name: 'the start', bytes: Buffer.alloc(0) };
const report = (error) => {
  const name = `${createHash('sha256').update(current.bytes).digest('hex').slice(0, 12)}-${current.name}`;
  writeFileSync(path.join(kept, name), current.bytes);
  say({ finding: name, what: `${error?.code ?? error?.name}: ${String(error?.message).slice(0, 300)}` });
};
process.on('uncaughtException', report);
process.on('unhandledRejection', report);

const { next, close } = await makers[target](uniform(`fuzz/${target}/${seed}`), work, Number(seed));
let tried = 0;
while (used() < Number(seconds)) {
  const { name, bytes, attempt } = next();
  current = { name, bytes };
  tried++;
  try {
    await attempt();
  } catch (error) {
    // An error with a sentence and exit 3 is what bad input deserves; a bug is exit 4.
    if (!(error instanceof AssayError) || error.exit !== 3) report(error);
  }
}
await close();
say({ tried, cpu: used() });
process.exit(0);

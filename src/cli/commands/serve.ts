import path from 'node:path';
import { Command } from 'commander';
import { serve } from '../../../web/server/serve.js';

/** `assay serve`: the dashboard, on this machine only. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('the dashboard: runs, their findings and rows, new runs; in the browser, on this machine only')
    .argument('[folders...]', 'folders whose data files may be read and run on (default: uploads only)')
    .option('--out <dir>', 'folder that holds the runs', '.assay')
    .option('--port <n>', 'port on 127.0.0.1; 0 picks a free one', Number, 0)
    .option('--threads <n>', 'worker threads of a run', Number, 2)
    .action(async (folders: readonly string[], options: { out: string; port: number; threads: number }) => {
      const { out, port, threads } = options;
      const data = folders.map((folder) => path.resolve(folder));
      const server = await serve({ folder: path.resolve(out), data, port, threads });
      process.stdout.write(`${server.entrance}\n`);
      process.stderr.write('Open this address in a browser on this machine. Ctrl-C stops it.\n');
      await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
      await server.close();
    });
}

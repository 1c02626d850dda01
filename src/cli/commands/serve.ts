import path from 'node:path';
import { Command } from 'commander';
import { serve } from '../../../web/server/serve.js';

/** `assay serve`: shows the runs of a folder and their reports on this machine only. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('show the runs of a folder and their reports in the browser, on this machine only')
    .option('--out <dir>', 'folder that holds the runs', '.assay')
    .option('--port <n>', 'port on 127.0.0.1; 0 picks a free one', Number, 0)
    .action(async (options: { out: string; port: number }) => {
      const server = await serve({ folder: path.resolve(options.out), port: options.port });
      process.stdout.write(`${server.address}\n`);
      process.stderr.write('Ctrl-C stops it.\n');
      await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
      await server.close();
    });
}

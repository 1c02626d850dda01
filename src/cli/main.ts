#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../core/version.js';
import { ablateCommand, auditCommand, runCommand } from './commands/measure.js';
import { applyCommand } from './commands/apply.js';
import { compareCommand } from './commands/compare.js';
import { cleanCommand } from './commands/clean.js';
import { demoCommand } from './commands/demo.js';
import { gateCommand } from './commands/gate.js';
import { initCommand } from './commands/init.js';
import { reportCommand } from './commands/report.js';
import { runsCommand } from './commands/runs.js';
import { schemaCommand } from './commands/schema.js';
import { serveCommand } from './commands/serve.js';
import { undoCommand } from './commands/undo.js';
import { reportError } from './session.js';

const program = new Command('assay')
  .description(
    'Finds what is wrong with a training set, measures what each defect costs in AUC, and repairs what pays.',
  )
  .version(version)
  .showHelpAfterError('Run with --help for the options.')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 gate failed, 2 gate warned, 3 bad input or environment, 4 a bug, 130 interrupted.',
  )
  .exitOverride();

for (const command of [
  runCommand(),
  auditCommand(),
  ablateCommand(),
  cleanCommand(),
  gateCommand(),
  compareCommand(),
  schemaCommand(),
  applyCommand(),
  undoCommand(),
  reportCommand(),
  runsCommand(),
  serveCommand(),
  initCommand(),
  demoCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

// A reader that closes early (`assay ... | head`) is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : 3;
  else process.exitCode = reportError(thrown, process.argv.includes('--verbose'));
}

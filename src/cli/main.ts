#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../core/version.js';
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

/** Each command with its module, so that one does not wait for what only another needs. */
const commands: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./commands/measure.js')).runCommand(),
  audit: async () => (await import('./commands/measure.js')).auditCommand(),
  ablate: async () => (await import('./commands/measure.js')).ablateCommand(),
  clean: async () => (await import('./commands/clean.js')).cleanCommand(),
  gate: async () => (await import('./commands/gate.js')).gateCommand(),
  compare: async () => (await import('./commands/compare.js')).compareCommand(),
  schema: async () => (await import('./commands/schema.js')).schemaCommand(),
  apply: async () => (await import('./commands/apply.js')).applyCommand(),
  undo: async () => (await import('./commands/undo.js')).undoCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
  runs: async () => (await import('./commands/runs.js')).runsCommand(),
  serve: async () => (await import('./commands/serve.js')).serveCommand(),
  init: async () => (await import('./commands/init.js')).initCommand(),
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
};
const first = process.argv[2] ?? '';
const asked = Object.hasOwn(commands, first) ? commands[first] : undefined;
// The general help and the word for an unknown command name them all.
for (const open of asked === undefined ? Object.values(commands) : [asked])
  program.addCommand((await open()).copyInheritedSettings(program));

// A reader that closes early (`assay ... | head`) is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : 3;
  else process.exitCode = reportError(thrown, process.argv.includes('--verbose'));
}

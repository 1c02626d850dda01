import path from 'node:path';
import { AssayError } from '../../core/errors.js';

/** A user's own model: a command that reads two tables and writes predictions. */
export interface ExternalCommand {
  /** What reports call it. */
  readonly name: string;
  /** Program and arguments, with the placeholders not filled in. Never handed to a shell. */
  readonly argv: readonly string[];
  /** Limit of one training. */
  readonly seconds: number;
  /** Limit in bytes of resident memory, summed over the command and its children. */
  readonly memory: number;
}

/** What a command is told on its command line. */
export interface Places {
  readonly train: string;
  readonly test: string;
  readonly predictions: string;
  readonly spec: string;
  readonly seed: string;
}

/**
 * Splits a command into program and arguments. Blanks separate; single or double quotes keep blanks; a backslash keeps
 * the next character outside quotes, and a quote or a backslash inside double ones. Nothing is expanded.
 * @throws AssayError `option-invalid` where nothing is left or a quote is not closed.
 */
export function splitCommand(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const next = text[i + 1];
    if (quote === null && /\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (c === '\\' && next !== undefined && quote !== "'" && (quote === null || next === '"' || next === '\\')) {
      word = (word ?? '') + next;
      i++;
    } else if (c === quote) quote = null;
    else if (quote === null && (c === '"' || c === "'")) {
      quote = c;
      word ??= '';
    } else word = (word ?? '') + c;
  }
  if (word !== null) words.push(word);
  if (quote !== null) invalid(text, `a command whose quotes are closed; ${quote} is open`);
  return checkedCommand(words, text);
}

/** A command given as a list, or split before; `text` is for the error. */
export function checkedCommand(argv: readonly string[], text: string = argv.join(' ')): readonly string[] {
  if ((argv[0] ?? '') === '') invalid(text, 'a program and its arguments');
  const used = fileHoles.filter((hole) => argv.some((word) => word.includes(hole)));
  if (used.length !== 0 && used.length !== 3 && !argv.some((word) => word.includes('{spec}'))) {
    invalid(text, `all of ${fileHoles.join(', ')}, or none (then they are the last three arguments)`);
  }
  return argv;
}

const fileHoles = ['{train}', '{test}', '{predictions}'] as const;

/** The arguments of one training; a command that names no file gets the three paths as its last arguments. */
export function fillIn(argv: readonly string[], places: Places): readonly string[] {
  const named = argv.some((word) => /\{(train|test|predictions|spec)\}/.test(word));
  return (named ? argv : [...argv, ...fileHoles]).map((word) =>
    word.replace(/\{(train|test|predictions|spec|seed)\}/g, (_, hole: keyof Places) => places[hole]),
  );
}

/** `python train.py` of a command with paths: programs and scripts without their folders, no further arguments. */
export function nameOf(argv: readonly string[]): string {
  const script = argv[1];
  const named = script === undefined || script.startsWith('-') || script.includes('{') ? [] : [script];
  return [argv[0]!, ...named].map((word) => path.basename(word)).join(' ');
}

function invalid(value: string, expected: string): never {
  throw new AssayError('option-invalid', { option: '--trainer', value, expected });
}

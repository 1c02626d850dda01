import { InvalidArgumentError, Option } from 'commander';

/** `--memory`: the same limit, read the same way, in every command that opens an engine. */
export function memoryOption(): Option {
  const says = 'limit of memory; the engine gets four fifths of it, and spills to disk beyond';
  return new Option('--memory <size>', says).argParser(size).default('4GB');
}

/** Reads a size such as `800MB`. */
export function size(value: string): string {
  if (!/^\d+(\.\d+)?\s?(MB|GB|MiB|GiB)$/i.test(value))
    throw new InvalidArgumentError('Expected a size such as 800MB or 4GB.');
  return value;
}

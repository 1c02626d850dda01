import { Option } from 'commander';
import { cleanedFormats } from '../cleaning/files/cleaned-sink.js';

/** `--table`: where `--write duckdb` puts them; `also` is what else a command takes it for. */
export function tableOption(also = ''): Option {
  return new Option('--table <name>', `the table of cleaned.duckdb, with --write duckdb (default: cleaned)${also}`);
}

/** `--write`: how cleaned rows are written. */
export function writeOption(): Option {
  return new Option(
    '--write <format>',
    'how cleaned rows are written; input: format, compression and key=value folders of the data, as far as they keep every value',
  )
    .choices(['input', ...cleanedFormats])
    .default('input');
}

import path from 'node:path';
import type { DataComparison } from '../core/data-comparison.js';
import type { Run } from '../core/run.js';
import type { BudgetOptions, DataOptions } from './options.js';
import { openBoth } from '../comparing/both.js';
import { compare } from '../comparing/compare.js';
import { readConfig } from './config.js';
import { chooseDefects, openOptions } from './open-data.js';

/** How two data sets are read and compared. */
export type CompareDataOptions = DataOptions &
  Pick<BudgetOptions, 'budget' | 'idEncoding'> & {
    readonly out: string;
    readonly seed: number;
    readonly pairs?: number;
  };

/** Opens two data sets as the options and the config file beside the later one describe them, and compares them. */
export async function compareData(
  before: string,
  after: string,
  options: CompareDataOptions,
  run: Run,
): Promise<DataComparison> {
  const config = await readConfig(options.config, after);
  const defects = chooseDefects(config, options);
  const { test: _, reference: __, ...open } = openOptions(after, options, config);
  const both = await openBoth(open, before, run);
  const names = { a: path.basename(before), b: path.basename(after) };
  const encoding = options.idEncoding ?? config['id-encoding'];
  return compare(
    both,
    {
      names,
      defects,
      budget: options.budget,
      seed: options.seed,
      ...(options.pairs === undefined ? {} : { pairs: options.pairs }),
      ...(encoding === undefined ? {} : { encoding }),
    },
    run,
  );
}

import path from 'node:path';
import type { Defect } from '../core/defect.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { BudgetOptions, DataOptions, TrainerOptions } from './options.js';
import { defects } from '../../analyzers/index.js';
import { AssayError } from '../core/errors.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import { isClickHouse } from '../dataset/engines/clickhouse/address.js';
import { openStudy, type OpenOptions } from '../dataset/open.js';
import { readSchema } from '../derived/schema/schema-file.js';
import { readConfig, type Config } from './config.js';
import { chosenTrainer } from './chosen-trainer.js';
import type { ChosenTrainer } from '../ablation/external/chosen-trainer.js';

/** A study as the command line and the config file describe it, with the defects to look for. */
export interface OpenedData {
  readonly study: Study;
  readonly defects: readonly Defect[];
  /** Name for reports: the last part of the path. */
  readonly name: string;
  /** Where the training set lies and how it was read, for the record of the run. */
  readonly source: { readonly path: string; readonly encoding?: string; readonly header?: boolean };
  /** A second model, where one was named. */
  readonly trainer?: ChosenTrainer;
  /** How ids reach the model, where that was said. */
  readonly idEncoding?: WantedEncoding;
}

/** Opens the data of a command. The command line rules over the config file. */
export async function openData(
  train: string,
  options: DataOptions & Partial<BudgetOptions> & TrainerOptions & { out: string; trusted?: string },
  run: Run,
): Promise<OpenedData> {
  const config = await readConfig(options.config, train);
  const chosen = chooseDefects(config, options);
  // A fault in it is told before any data is read.
  if (options.schema !== undefined) await readSchema(options.schema);
  const trainer = chosenTrainer(options, config.trainer);
  const study = await openStudy(openOptions(train, options, config), run);
  const idEncoding = options.idEncoding ?? config['id-encoding'];
  return {
    study,
    defects: chosen,
    name: path.basename(train),
    source: defined({
      path: isClickHouse(train) ? train : path.resolve(train),
      encoding: options.encoding,
      header: options.header === false ? false : undefined,
    }),
    ...(idEncoding === undefined ? {} : { idEncoding }),
    ...(trainer === null ? {} : { trainer }),
  };
}

/** The defects asked for, with their options of the config file set. */
export function chooseDefects(
  config: Config,
  options: Pick<DataOptions, 'only' | 'skip' | 'schema' | 'environment'>,
): readonly Defect[] {
  const known = new Set(defects.map((defect) => defect.id));
  for (const id of [...(options.only ?? []), ...(options.skip ?? []), ...Object.keys(config.defects)]) {
    if (!known.has(id)) {
      throw new AssayError('option-invalid', {
        option: 'defect',
        value: id,
        expected: `one of ${[...known].join(', ')}`,
      });
    }
  }
  return defects
    .filter((defect) => options.only?.includes(defect.id) ?? true)
    .filter((defect) => !(options.skip?.includes(defect.id) ?? false))
    .map((defect) =>
      defect.with({ ...config.defects[defect.id], ...(defect.id === 'schema' ? checkedAgainst(options) : {}) }),
    );
}

/** The schema of the command line as options of its defect. */
function checkedAgainst({ schema, environment }: Pick<DataOptions, 'schema' | 'environment'>): Record<string, string> {
  return defined({ file: schema, environment }) as Record<string, string>;
}

/** What to open, by the command line and the config file. */
export function openOptions(
  train: string,
  options: DataOptions & { out: string; trusted?: string },
  config: Config,
): OpenOptions {
  const { roles } = config;
  return defined({
    train,
    test: options.test,
    reference: options.reference,
    maturity: options.maturity ?? config.maturity,
    serve: options.serve,
    label: options.label ?? roles.label,
    positive: options.positive ?? roles.positive,
    time: options.time ?? roles.time,
    user: options.user ?? roles.user,
    item: options.item ?? roles.item,
    position: options.position ?? roles.position,
    group: options.group ?? roles.group,
    weight: options.weight ?? roles.weight,
    domain: options.domain ?? roles.domain,
    key: options.key ?? roles.key,
    exclude: excluded(options.exclude ?? roles.exclude, options.trusted),
    encoding: options.encoding,
    header: options.header === false ? false : undefined,
    cache: path.resolve(options.out, 'cache'),
  });
}

/** A column that says which labels are trusted is no feature. */
function excluded(names: readonly string[] | undefined, trusted: string | undefined): readonly string[] | undefined {
  return trusted === undefined ? names : [...new Set([...(names ?? []), trusted])];
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined fields, which exact optional properties do not allow. */
function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}

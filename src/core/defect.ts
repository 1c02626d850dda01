import type { Evidence, Finding, Json, Unit } from './evidence.js';
import type { ListRef, Plan } from './plan.js';
import type { RoleName, Study } from './study.js';
import type { Run } from './run.js';
import { AssayError } from './errors.js';

/** A sentence that says why a part of a defect does not exist. */
export interface Unsupported {
  readonly unsupported: string;
}

/** Options of a defect: flat, so that a config file and a command line can set each by name. */
export interface Options {
  readonly [name: string]: number | boolean | string;
}

/** What a folder under `analyzers/` holds. `O` stays typed inside the folder; the registry sees {@link Defect}. */
export interface Definition<O extends Options> {
  /** Kebab-case, the folder's name. */
  readonly id: string;
  /** For headings: `Label noise`. */
  readonly title: string;
  /** What one flagged unit is. */
  readonly unit: 'row' | 'cell' | 'column' | 'dataset';
  /**
   * Roles without which the outcome is *not applicable*; `comparison` is a reference file, a test file or a time, `test`
   * a test file, `vectors` a column that holds lists of floating-point numbers.
   */
  readonly needs: readonly (RoleName | 'features' | 'comparison' | 'test' | 'serving' | 'vectors')[];
  readonly defaults: O;
  /** Every measurement by its kebab-case measure (`share` of `missing.share`), with unit and a sentence. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** True where all that `detect` gives takes trainings: such a defect is left out where only a look is asked for. */
  readonly trains?: boolean;
  /** True where it is looked for before all others, since what it finds is kept out of what is told of them. */
  readonly first?: boolean;
  /** One sentence for each finding code and each code of flagged rows. */
  readonly sentences: Readonly<Record<string, (args: Finding['args']) => string>>;
  /**
   * Looks at `study.train` (and test or reference where it says so); never changes anything. Where `wanted` is given,
   * only these measurements are read, and what serves none of them may be left out; trainings must be.
   */
  detect(study: Study, run: Run, options: O, wanted?: Wanted): Promise<Evidence>;
  /** At least two mechanisms of different nature, or the reason why not. Never imports `detect`. */
  readonly inject: readonly Mechanism<O>[] | Unsupported;
  /** Plans that undo what `detect` found, fitted on `study.train`; an empty list where nothing was found. */
  readonly repair:
    | ((study: Study, evidence: Evidence, run: Run, options: O) => Promise<readonly Repair[]>)
    | Unsupported;
  /** The injections that are "as much again" of what was found: what sensitivity measures. */
  again?(evidence: Evidence, options: O): readonly Again[];
  /** Names of the mechanisms whose dose-response curve is drawn by default. */
  readonly curves?: readonly string[];
  /** Findings of its own that are only what other findings look like from here. */
  readonly because?: readonly Because[];
}

/** A finding `code` follows from a finding `of` another defect, where both are there and `when` holds of their arguments. */
export interface Because {
  readonly code: string;
  readonly of: string;
  when(own: Finding['args'], cause: Finding['args']): boolean;
}

/** Full names of measurements: `missing.null-share`. */
export type Wanted = ReadonlySet<string>;

/** A number a detector gives. */
export interface Measure {
  readonly unit: Unit;
  readonly says: string;
  /** True where it takes trainings though the rest of the defect does not: left out where only a look is asked for. */
  readonly trains?: boolean;
  /** Its value for a column, or a data set, of which nothing is reported; without it, nothing reported is unknown. */
  readonly absent?: number;
}

/** The highest dose up to which damage is reported, and why more of it is not. */
export interface Until {
  readonly dose: number;
  readonly because: string;
}

/** One way in which a defect comes about. */
export interface Mechanism<O extends Options = Options> {
  readonly name: string;
  /** Which rows it damages; part of its name on every curve. Labels and rows are damaged in `train` only. */
  readonly where: 'train' | 'serve' | 'both';
  readonly says: string;
  /** Lowest dose at which the folder's README promises that `detect` reports it, or why it cannot. */
  readonly found: { readonly at: number; readonly until?: Until } | { readonly blind: string };
  /** Lays out the eligible units; drawing the dose is common to all mechanisms. */
  inject(study: Study, run: Run, options: O): Promise<Injection | Unsupported>;
}

/**
 * Eligible units of a mechanism, in the engine. A dose takes the first `ceil(dose * eligible)` of them in `draw`
 * order, so doses nest and are exact; what it takes is the truth mask.
 */
export interface Injection {
  /**
   * Table `(k BIGINT, copy INTEGER, draw DOUBLE[, value T])`, unique on k; `draw` is keyed by (seed, k). More columns of
   * values are named by the lists of the plan ({@link ListRef.field}).
   */
  readonly units: string;
  readonly eligible: number;
  /** The damage to the units listed; `at` = (k, copy[, value]). Drops, copies, cells and labels by keyed list. */
  plan(at: ListRef): Plan;
}

/** A candidate that the experiment measures. Nothing is repaired because a detector says so. */
export interface Repair {
  /** Kebab-case, unique inside the defect: `drop-hot-cells`. */
  readonly id: string;
  /** For tables: `drop 12 hot cells of source`. */
  readonly title: string;
  readonly plan: Plan;
  /** Units the plan is expected to touch in the training rows. */
  readonly units: number;
  /** How hard it strikes, in (0, 1] and in a measure of its own: share of suspects, of weight taken away. */
  readonly strength?: number;
  /** The same repair at its other strengths: the chain tries them where it has chosen this one. */
  readonly others?: readonly Repair[];
}

export interface Again {
  readonly mechanism: string;
  /** Share of eligible units, in (0, 1]. */
  readonly dose: number;
  /** Options of the defect under which the mechanism hits the same place again; set them with {@link Defect.with}. */
  readonly options?: Options;
}

/** A defect with its options closed over: what the walks see. */
export interface Defect {
  readonly id: string;
  readonly title: string;
  readonly unit: Definition<Options>['unit'];
  readonly needs: Definition<Options>['needs'];
  readonly measures: Definition<Options>['measures'];
  readonly trains: boolean;
  readonly first: boolean;
  readonly sentences: Definition<Options>['sentences'];
  readonly curves: readonly string[];
  readonly because: readonly Because[];
  detect(study: Study, run: Run, wanted?: Wanted): Promise<Evidence>;
  readonly inject: readonly Mechanism[] | Unsupported;
  readonly repair: ((study: Study, evidence: Evidence, run: Run) => Promise<readonly Repair[]>) | Unsupported;
  again(evidence: Evidence): readonly Again[];
  /** The same defect with some options set; names and kinds are checked. */
  with(options: Readonly<Record<string, Json>>): Defect;
}

/** Makes a registry entry of a definition. `O` is checked here and forgotten. */
export function defineDefect<O extends Options>(definition: Definition<O>, options: O = definition.defaults): Defect {
  const { inject, repair } = definition;
  return {
    id: definition.id,
    title: definition.title,
    unit: definition.unit,
    needs: definition.needs,
    measures: definition.measures,
    trains: definition.trains ?? false,
    first: definition.first ?? false,
    sentences: definition.sentences,
    curves: definition.curves ?? [],
    because: definition.because ?? [],
    detect: (study, run, wanted) => definition.detect(study, run, options, wanted),
    inject: 'unsupported' in inject ? inject : inject.map((m) => bindMechanism(m, options)),
    repair: typeof repair === 'function' ? (study, evidence, run) => repair(study, evidence, run, options) : repair,
    again: (evidence) => definition.again?.(evidence, options) ?? [],
    with: (raw) => defineDefect(definition, readOptions(definition.id, options, raw)),
  };
}

function bindMechanism<O extends Options>(mechanism: Mechanism<O>, options: O): Mechanism {
  return { ...mechanism, inject: (study, run) => mechanism.inject(study, run, options) };
}

/** `base` with the values of `raw`; an unknown name or a value of another kind is an error that names it. */
function readOptions<O extends Options>(id: string, base: O, raw: Readonly<Record<string, Json>>): O {
  for (const [name, value] of Object.entries(raw)) {
    const expected = base[name];
    if (expected === undefined) {
      throw new AssayError('option-invalid', {
        option: id,
        value: name,
        expected: `one of ${Object.keys(base).join(', ')}`,
      });
    }
    if (typeof value !== typeof expected) {
      throw new AssayError('option-invalid', {
        option: `${id}.${name}`,
        value: JSON.stringify(value),
        expected: `a ${typeof expected}`,
      });
    }
  }
  return { ...base, ...raw };
}

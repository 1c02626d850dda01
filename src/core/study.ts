import type { Column, Relation } from './relation.js';

/** The input of every walk: relations and what their columns mean. */
export interface Study {
  /** Files as the user named them, for the report; no absolute paths. */
  readonly files: readonly StudyFile[];
  /** All rows of TRAIN; carries `part` once the study is split. What cleaning rewrites. */
  readonly whole: Relation;
  /** Rows that detectors look at, injectors damage and repairs are fitted on: all of `whole`, or its training parts. */
  readonly train: Relation;
  /** Evaluation rows (`part` inner or outer): cut from `whole`, or the user's test file. Null before the split. */
  readonly evaluation: Relation | null;
  /** The user's own test file, if any, with the same column ids as `whole`. */
  readonly test: Relation | null;
  /** The user's reference file, if any, with the same column ids as `whole`. */
  readonly reference: Relation | null;
  /** What serving logged of the same features, if given, with the same column ids as `whole`; it has no label. */
  readonly serving?: Relation | null;
  readonly roles: Roles;
  /** Days in which labels arrive, where the user knows; found from the data where absent. */
  readonly maturity?: number;
  readonly split: Split | null;
  /** Fails with `file-changed` where a file of the study is no longer what it was when it was opened. */
  readonly unchanged?: () => Promise<void>;
}

export interface StudyFile {
  readonly role: 'train' | 'test' | 'reference' | 'serving';
  readonly name: string;
  readonly rows: number;
  readonly rejected: number;
}

/** What columns mean. Every guess carries its reason in {@link Roles.reasons}. */
export interface Roles {
  readonly label: Label | null;
  readonly time: Column | null;
  readonly user: Column | null;
  readonly item: Column | null;
  readonly position: Column | null;
  readonly group: Column | null;
  readonly weight: Column | null;
  /** Where rows come from (shop, app, country): never guessed. */
  readonly domain: Column | null;
  readonly key: readonly Column[];
  /** Columns a model sees, in file order. */
  readonly features: readonly Feature[];
  /** Columns it does not see, with the reason in words. */
  readonly excluded: readonly { readonly column: Column; readonly reason: string }[];
  /** Why each role fell to its column: `given`, or the sentence of the inference. */
  readonly reasons: Readonly<Partial<Record<RoleName, string>>>;
}

/** No column has a role. */
export const noRoles: Roles = {
  label: null,
  time: null,
  user: null,
  item: null,
  position: null,
  group: null,
  weight: null,
  domain: null,
  key: [],
  features: [],
  excluded: [],
  reasons: {},
};

export type RoleName = 'label' | 'time' | 'user' | 'item' | 'position' | 'group' | 'weight' | 'domain' | 'key';

export interface Label {
  readonly column: Column;
  /** Text of the value that counts as 1, and of the one that counts as 0, as the column's type reads it. */
  readonly positive: string;
  readonly negative: string;
}

/** `numeric` features are ordered values; `categorical` ones are levels (text, and user and item ids). */
export interface Feature {
  readonly column: Column;
  readonly kind: 'numeric' | 'categorical';
}

/** The youngest rows where their labels are still arriving: neither trained on nor scored. */
export interface ImmatureTail {
  readonly days: number;
  /** Seconds since 1970; later rows are left out. */
  readonly from: number;
  /** What showed it; null where the days were given and the data cannot tell. */
  readonly seen: {
    /** Share of positives of the youngest days, and of mature rows. */
    readonly rate: number;
    readonly mature: number;
    readonly z: number;
    /** Share of the labels to come that has arrived, by age in days from 0. */
    readonly completeness: readonly number[];
  } | null;
}

/** How evaluation rows were set apart. */
export interface Split {
  readonly by: 'test-file' | 'time' | 'user' | 'group' | 'row';
  /** The sentence for the report: what was held out and why. */
  readonly reason: string;
  /** Rows in each part. */
  readonly rows: {
    readonly train: number;
    readonly tuning: number;
    readonly inner: number;
    readonly outer: number;
    readonly leftOut: number;
  };
  /** Positives in each part. */
  readonly positives: {
    readonly train: number;
    readonly tuning: number;
    readonly inner: number;
    readonly outer: number;
    readonly leftOut: number;
  };
  /** Sampling unit of intervals: the user, the group, or the row where neither is known. */
  readonly unit: 'user' | 'group' | 'row';
  /** Absent where no labels are known to be still arriving. */
  readonly immature?: ImmatureTail;
}

import { z } from 'zod';
import { count } from './page.js';

/** A data file in one of the folders given at start. Its id is the folder's name and the path below it. */
export interface Dataset {
  readonly id: string;
  readonly bytes: number;
  /** ISO time of its last change, UTC. */
  readonly changedAt: string;
}

const dataset: z.ZodType<Dataset> = z.object({ id: z.string(), bytes: count, changedAt: z.string() });

/** `GET /api/datasets` */
export interface DatasetList {
  readonly datasets: readonly Dataset[];
  /** True where there are more than the list holds. */
  readonly cut: boolean;
}
export const datasetList: z.ZodType<DatasetList> = z.object({ datasets: z.array(dataset), cut: z.boolean() });

/** Names a dataset, in a query string. */
export interface DatasetQuery {
  readonly dataset: string;
}
export const datasetId: z.ZodType<string> = z.string().min(1).max(4096);
export const datasetQuery: z.ZodType<DatasetQuery> = z.strictObject({ dataset: datasetId });

/** `POST /api/datasets?name=`, the file as body: keeps it in the folder of uploads. */
export interface UploadQuery {
  readonly name: string;
}
export const uploadQuery: z.ZodType<UploadQuery> = z.strictObject({ name: z.string().min(1).max(500) });
export const uploaded: z.ZodType<{ readonly dataset: string }> = z.object({ dataset: z.string() });

/** Roles that a person can set, in the order of the form. */
export const roleNames = ['label', 'time', 'user', 'item', 'position', 'group', 'weight', 'domain'] as const;
export type RoleName = (typeof roleNames)[number];

/** `GET /api/datasets/preview?dataset=`: columns with examples, and the roles as inferred. */
export interface Preview {
  readonly dataset: string;
  readonly rows: number;
  readonly rejected: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    /** Up to three values of the first rows. */
    readonly examples: readonly string[];
  }[];
  readonly roles: readonly { readonly role: RoleName; readonly column: string; readonly reason: string }[];
  /** The label value that counts as 1, where a label was found. */
  readonly positive: string | null;
  /** Why roles could not be inferred, where they could not. */
  readonly problem: string | null;
}
export const preview: z.ZodType<Preview> = z.object({
  dataset: z.string(),
  rows: count,
  rejected: count,
  columns: z.array(z.object({ name: z.string(), type: z.string(), examples: z.array(z.string()) })),
  roles: z.array(z.object({ role: z.enum(roleNames), column: z.string(), reason: z.string() })),
  positive: z.string().nullable(),
  problem: z.string().nullable(),
});

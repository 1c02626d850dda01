import path from 'node:path';
import { openFolders, type Folders } from './datasets/folders.js';
import { openJobs, type Jobs } from './jobs/jobs.js';
import { openRunStore, type RunStore } from './runs/run-folder.js';
import { openTables, type Tables } from './tables/tables.js';

export interface ServiceOptions {
  /** Folder that holds runs, jobs, uploads and the cache. */
  readonly folder: string;
  /** Folders whose data files may be read, besides the uploads and the demo. */
  readonly data: readonly string[];
  /** Needed for every call of the API. */
  readonly token: string;
  /** Largest file that may be uploaded. */
  readonly maxUploadBytes: number;
  /** Worker threads of a run. */
  readonly threads: number;
}

/** What the routes work with. */
export interface Services extends ServiceOptions {
  readonly runs: RunStore;
  readonly folders: Folders;
  readonly tables: Tables;
  readonly jobs: Jobs;
  readonly uploads: string;
  readonly cache: string;
  close(): Promise<void>;
}

export async function openServices(options: ServiceOptions): Promise<Services> {
  const uploads = path.join(options.folder, 'uploads');
  const cache = path.join(options.folder, 'cache');
  // What Assay made itself may be read, so that the rows of the demo can be looked at.
  const folders = openFolders([path.join(options.folder, 'demo'), ...options.data], uploads);
  const tables = await openTables(cache, folders.holds);
  const jobs = await openJobs(options.folder, options.threads);
  return {
    ...options,
    runs: openRunStore(options.folder),
    folders,
    tables,
    jobs,
    uploads,
    cache,
    close: async () => {
      await jobs.close();
      await tables.close();
    },
  };
}

/** Where the server is, who asks, and what one query may take. */
export interface ServerOptions {
  /** Where the server speaks HTTP, such as `http://localhost:8123`. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Bytes one query may hold in memory; grouping and sorting spill beyond half of it. */
  readonly memoryBytes?: number;
  /** Threads of one query; the server's own number by default. */
  readonly threads?: number;
  /** Seconds one query may take; no limit by default. */
  readonly seconds?: number;
  /** Told every two seconds how many rows a long query has read, and of how many where that is known. */
  readonly onProgress?: (rowsRead: number, rowsTotal: number) => void;
}

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { openServices } from './services.js';

export interface ServeOptions {
  /** Folder that holds runs, jobs, uploads and the cache. */
  readonly folder: string;
  /** Folders whose data files may be read, besides the uploads; none where absent. */
  readonly data?: readonly string[];
  /** Port on 127.0.0.1; 0 picks a free one. */
  readonly port: number;
  /** 2 GiB where absent. */
  readonly maxUploadBytes?: number;
  /** Worker threads of a run; 2 where absent. */
  readonly threads?: number;
}

/** A server that listens. */
export interface Served {
  /** `http://127.0.0.1:<port>/` */
  readonly address: string;
  /** The same with the token of the session behind `#`, where no request carries it. */
  readonly entrance: string;
  readonly token: string;
  readonly port: number;
  /** Stops listening, cancels what runs, and drops open connections. */
  close(): Promise<void>;
}

/** Serves the dashboard on 127.0.0.1 only. Rejects when the port is taken. */
export async function serve(options: ServeOptions): Promise<Served> {
  const token = randomBytes(24).toString('base64url');
  const { folder, data = [], maxUploadBytes = 2 * 1024 ** 3, threads = 2 } = options;
  const services = await openServices({ folder, data, token, maxUploadBytes, threads });
  const server = createServer(createApp(services));
  // An upload takes as long as it takes; headers and idle connections do not.
  server.requestTimeout = 0;
  server.headersTimeout = 10_000;
  server.maxConnections = 1000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', resolve);
    });
  } catch (thrown) {
    await services.close();
    throw thrown;
  }
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}/`;
  return {
    address,
    entrance: `${address}#token=${token}`,
    token,
    port,
    close: async () => {
      await services.close();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
    },
  };
}

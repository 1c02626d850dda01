import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createPlain } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tableFromArrays, tableToIPC } from 'apache-arrow';

/** A request as the official client sent it. */
export interface Asked {
  /** The SQL, wherever it travelled. */
  readonly sql: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Settings, parameters and the name of the query. */
  readonly given: Readonly<Record<string, string>>;
  /** True once the client closed the connection before it had its answer. */
  left: boolean;
}

export interface Wire {
  readonly port: number;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** Answers a request; where it does nothing, the client waits. */
export type Answer = (asked: Asked, response: ServerResponse) => void;

/** A server that speaks as ClickHouse does and keeps what it was asked; with a certificate, over TLS. */
export async function openWire(answer: Answer, tls?: { readonly key: string; readonly cert: string }): Promise<Wire> {
  const asked: Asked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, 'http://wire');
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    const sql = url.searchParams.get('query') ?? Buffer.concat(body).toString();
    const given = Object.fromEntries(url.searchParams);
    const one: Asked = { sql, url, headers: request.headers, given, left: false };
    response.on('close', () => (one.left = !response.writableFinished));
    asked.push(one);
    answer(one, response);
  };
  const listen = (request: IncomingMessage, response: ServerResponse): void => void handle(request, response);
  const server = tls === undefined ? createPlain(listen) : createTls(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

/** One row of whole numbers as ClickHouse answers with `FORMAT ArrowStream`. */
export function numbersRow(row: Readonly<Record<string, number>>): Buffer {
  const columns = Object.entries(row).map(([name, value]) => [name, Int32Array.of(value)]);
  return Buffer.from(tableToIPC(tableFromArrays(Object.fromEntries(columns) as Record<string, Int32Array>), 'stream'));
}

/** An error as the server says it. */
export function fail(response: ServerResponse, code: number, message: string): void {
  response
    .writeHead(500, { 'X-ClickHouse-Exception-Code': String(code) })
    .end(`Code: ${code}. DB::Exception: ${message} (SOME_NAME) (version 26.7.2.1)`);
}

import { AssayError } from '../../../core/errors.js';

/** A table of a ClickHouse server. */
export interface Address {
  /** Where the server speaks HTTP, such as `https://host:8443`. */
  readonly url: string;
  readonly database: string;
  readonly table: string;
}

const shape = 'clickhouse://HOST[:PORT]/DATABASE/TABLE, with ?tls=true for TLS';

/** True for what names a table and not files. */
export function isClickHouse(path: string): boolean {
  return /^clickhouse:\/\//i.test(path);
}

/** Parses `clickhouse://host:port/database/table`; the ports are those of HTTP: 8123, and 8443 with TLS. */
export function parseAddress(path: string): Address {
  const url = URL.canParse(path) ? new URL(path) : null;
  const parts = (url?.pathname ?? '').split('/').slice(1).map(decodeName);
  const [database, table] = parts;
  const options = [...(url?.searchParams.keys() ?? [])];
  const tls = url?.searchParams.get('tls') ?? 'false';
  if (url !== null && (url.username !== '' || url.password !== '')) {
    // The value is not shown: it holds a password.
    throw new AssayError('option-invalid', {
      option: 'TRAIN',
      value: `clickhouse://…@${url.host}${url.pathname}`,
      expected: 'no user and no password in it; set ASSAY_CLICKHOUSE_USER and ASSAY_CLICKHOUSE_PASSWORD',
    });
  }
  if (
    url === null ||
    url.hostname === '' ||
    parts.length !== 2 ||
    !database ||
    !table ||
    !['true', 'false'].includes(tls) ||
    options.some((option) => option !== 'tls')
  )
    throw new AssayError('option-invalid', { option: 'TRAIN', value: path, expected: shape });
  const port = url.port === '' ? (tls === 'true' ? '8443' : '8123') : url.port;
  return { url: `${tls === 'true' ? 'https' : 'http'}://${url.hostname}:${port}`, database, table };
}

function decodeName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

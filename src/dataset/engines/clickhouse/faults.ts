import type { EngineFault } from '../../../core/errors.js';
import { ClickHouseError } from '@clickhouse/client';
import { AssayError } from '../../../core/errors.js';

/** Codes of ClickHouse and what they mean in the words all engines share. */
const kinds: readonly (readonly [kind: EngineFault, codes: readonly number[]])[] = [
  ['syntax', [36, 42, 43, 46, 47, 62, 179, 184, 215, 352, 386]],
  ['not-found', [60, 81, 390]],
  ['memory', [173, 241]],
  ['timeout', [159, 160, 209]],
  ['cancelled', [394]],
  ['disk', [76, 243, 74, 75]],
  ['data', [6, 27, 38, 41, 53, 69, 70, 72, 117, 131, 153, 321, 349, 395, 407, 411]],
];

/** Codes of a server that does not let us in. */
const refusals = new Set([192, 193, 194, 195, 497, 516]);

/** Faults of the way to the server, after which a question may be asked again. */
const ofTheWay = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** What the client threw as an error of Assay. */
export function clickHouseFault(thrown: unknown, server: string): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (isWayFault(error) || isTlsFault(error))
    return new AssayError(
      'server-unreachable',
      { server, reason: isTlsFault(error) ? error.message : (codeOf(error) ?? error.message) },
      { cause: error },
    );
  const code = error instanceof ClickHouseError ? Number(error.code) : null;
  const message = firstLine(error.message);
  if (code !== null && refusals.has(code))
    return new AssayError('server-refused', { server, reason: message }, { cause: error });
  const kind = kinds.find(([, codes]) => code !== null && codes.includes(code))?.[0] ?? 'other';
  return new AssayError('engine-failed', { kind, message: code === null ? message : `${message} (code ${code})` });
}

/** True where the connection broke or never came about. */
export function isWayFault(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null && ofTheWay.has(code)) return true;
  return (
    error instanceof Error && !(error instanceof ClickHouseError) && /socket hang up|Timeout error/i.test(error.message)
  );
}

/** True where the two could not agree on how to speak in secret; asking again would not change it. */
function isTlsFault(error: Error): boolean {
  return /^(EPROTO|ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | null {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  // A name with two addresses fails with an error for each.
  return errors === undefined ? null : codeOf(errors[0]);
}

/** The first line, without the query that some messages repeat. */
function firstLine(message: string): string {
  const line = message.split('\n')[0]!.replace(/:? (In scope|while executing|While processing) .*$/i, '');
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}

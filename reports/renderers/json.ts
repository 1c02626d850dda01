import type { Report } from '../model.js';
import { parseReport } from '../schema.js';

/**
 * The document as text: keys in the order of the schema, two spaces, a line end. What is not in the schema is left
 * out, so the bytes depend on documented fields only; a value JSON cannot hold (NaN) is an error, not a null.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(parseReport(report), null, 2)}\n`;
}

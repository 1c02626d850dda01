import type { Report } from '../../../reports/model.js';
import type { Columns, ColumnsQuery } from '../../contract/columns.js';

/** A window of the columns of a report: those that need a look first, then in file order. */
export function columnPage({ columns }: Report, { text, look, offset, limit }: ColumnsQuery): Columns {
  const wanted = text.trim().toLowerCase();
  const found = columns
    .filter((c) => !look || c.findings.length > 0)
    .filter((c) => `${c.name} ${c.type} ${c.role}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0));
  return {
    total: found.length,
    all: columns.length,
    looks: columns.filter((c) => c.findings.length > 0).length,
    offset,
    psi: columns.some((c) => c.psi !== null),
    columns: found.slice(offset, offset + limit),
  };
}

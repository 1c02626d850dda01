import type { Report } from '../../../reports/model.js';
import { personalKinds } from '../../../src/core/personal-kinds.js';
import { isNamedPersonal } from '../../../src/derived/personal-text.js';
import { createMasking, type Masking } from '../../../src/audit/masking.js';

/** What keeps the personal values that a run found out of the rows that are shown of its data. */
export function maskingOfReport({ defects, columns }: Report): Masking {
  const findings = defects.find((defect) => defect.id === 'pii')?.findings ?? [];
  const personal = findings.flatMap(({ code, args }) => {
    const { column } = args;
    return typeof column === 'string' ? [{ column, kinds: [code.slice('pii.'.length)] }] : [];
  });
  return createMasking(
    personal,
    columns.map((column) => column.name),
  );
}

/** The same before anything was looked for: by what a column is called, and by what its first values look like. */
export function maskingBefore(
  columns: readonly { readonly name: string; readonly values: readonly string[] }[],
): Masking {
  const kinds = personalKinds.filter((kind) => kind.luhn === undefined).map((kind) => kind.name);
  const called = columns.filter(({ name, values }) => isNamedPersonal(name, values));
  return createMasking(
    [{ column: '', kinds }, ...called.map(({ name }) => ({ column: name, kinds: [] }))],
    columns.map(({ name }) => name),
  );
}

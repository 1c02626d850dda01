import type { Frame, Overlay } from '../../models/frame/frame.js';

/** What an overlay alters in the training rows, by frame row. */
export interface Touch {
  /** 1 where the row is dropped, copied, relabelled or weighted anew. */
  readonly rows: Uint8Array;
  /** By frame column: 1 where the cell falls into another bin, or the column is gone. */
  readonly cells: ReadonlyMap<number, Uint8Array>;
}

/** Compares an overlay with the one as is, over the same training rows. */
export function touchOf(frame: Frame, base: Overlay, overlay: Overlay): Touch {
  const rows = touchedRows(frame, base, overlay);
  const cells = new Map<number, Uint8Array>();
  for (const [column, bins] of overlay.columns) {
    const touched = new Uint8Array(frame.rows);
    for (const row of base.rows) touched[row] = bins[row] === frame.bins[row * frame.stride + column] ? 0 : 1;
    cells.set(column, touched);
  }
  for (const column of overlay.masked) cells.set(column, new Uint8Array(frame.rows).fill(1));
  return { rows, cells };
}

function touchedRows(frame: Frame, base: Overlay, overlay: Overlay): Uint8Array {
  const copies = new Uint16Array(frame.rows);
  const touched = new Uint8Array(frame.rows);
  overlay.rows.forEach((row, i) => {
    copies[row] = copies[row]! + 1;
    const weight = overlay.weight?.[i] ?? 1;
    if (overlay.label[i] !== frame.label[row] || weight !== (frame.weight?.[row] ?? 1)) touched[row] = 1;
  });
  for (const row of base.rows) if (copies[row] !== 1) touched[row] = 1;
  return touched;
}

/** True where both alter the same row or the same cell: then they are two ways to treat the same thing. */
export function overlaps(a: Touch, b: Touch): boolean {
  if (meet(a.rows, b.rows)) return true;
  for (const cells of b.cells.values()) if (meet(a.rows, cells)) return true;
  for (const [column, cells] of a.cells) {
    if (meet(cells, b.rows)) return true;
    const others = b.cells.get(column);
    if (others !== undefined && meet(cells, others)) return true;
  }
  return false;
}

function meet(a: Uint8Array, b: Uint8Array): boolean {
  return a.some((value, i) => value === 1 && b[i] === 1);
}

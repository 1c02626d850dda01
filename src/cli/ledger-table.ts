import type { LedgerLine } from '../runs/ledger/ledger.js';

/** The ledger as a table for terminals: repairs by their gain, then rules by how often they found something. */
export function ledgerTable(lines: readonly LedgerLine[], runs: number, last: number): string {
  const table = [head, ...lines.map(cellsOf)];
  const widths = head.map((_, c) => Math.max(...table.map((row) => row[c]!.length)));
  const text = table.map((row) =>
    row
      .map((cell, c) => cell.padEnd(widths[c]!))
      .join('  ')
      .trimEnd(),
  );
  const idle = lines.filter((line) => line.idle).map(({ strategy }) => strategy.name);
  return [
    ...text,
    '',
    'Repairs pay when they are accepted and the proof of their recipe holds; rules when they find a breach.',
    idle.length === 0
      ? `Of ${runs} runs. Nothing that was tried ${last} times or more failed to pay in its last ${last}.`
      : `Of ${runs} runs. Not paid in their last ${last}: ${idle.join(', ')}. Write the file without them: assay runs --ledger --retire FILE`,
    '',
  ].join('\n');
}

const head: readonly string[] = ['strategy', 'gain in AUC', 'tried', 'accepted', 'paid', 'touched', 'seconds', ''];

function cellsOf({ strategy, gain, proposed, accepted, paid, units, seconds, idle }: LedgerLine): readonly string[] {
  const [value, low, high] = gain === null ? [] : [gain.value, gain.low, gain.high].map((n) => n.toFixed(4));
  return [
    `${strategy.kind} ${strategy.name}`,
    gain === null ? '-' : `${value!} [${low!}, ${high!}]`,
    String(proposed),
    String(accepted),
    String(paid),
    strategy.kind === 'rule' ? '-' : String(units),
    seconds === null ? '-' : seconds.toFixed(1),
    idle ? 'does not pay' : '',
  ];
}

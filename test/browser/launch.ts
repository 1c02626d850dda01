import { chromium, type Browser } from 'playwright-core';

const flags = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

/** Debian's chromium (or the one `CHROMIUM` names), headless and silent on the network. */
export function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync', ...flags] });
}

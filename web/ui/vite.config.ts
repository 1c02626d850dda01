import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

/** Bundles the dashboard into the package, beside the built server. Nothing is put inline: the policy forbids it. */
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/web/ui', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
});
export default config;

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../src/Server/wwwroot',
    emptyOutDir: true,
    // An inlined asset would be a data: URL, which the content policy has no use for.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // `npm run dev` beside a running node; COFFERDAM names another address than the default.
    proxy: { '/api': process.env.COFFERDAM ?? 'http://lab.localhost:5080' },
  },
  test: {
    environment: 'jsdom',
    setupFiles: 'src/test/setup.ts',
    restoreMocks: true,
    unstubGlobals: true,
    // Screens are slow to render in jsdom on a busy machine; nothing here measures time.
    testTimeout: 60_000,
  },
});

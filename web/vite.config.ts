import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// What every page is made of comes in one file: on a poor line it is requests that take time.
const frame = [
  /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|openapi-fetch)\//,
  /components\/(Box|Button|Checkbox|CloseButton|FocusTrap|Group|Input|InputBase|Loader|Modal|ModalBase)\//,
  /components\/(Overlay|Portal|ScrollArea|Stack|Text|Textarea|Title|Transition|UnstyledButton)\//,
  /src\/api\//,
  /src\/session\/(session|membership|suspensions)\./,
  /src\/ui\/(dialog|empty-state|format|loading|notice|page|time)\./,
];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../src/Server/wwwroot',
    emptyOutDir: true,
    // An inlined asset would be a data: URL, which the content policy has no use for.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'frame', test: (id) => frame.some((part) => part.test(id)) }] },
      },
    },
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

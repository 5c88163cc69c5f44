import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { notices } from './build/notices';

export default defineConfig({
  plugins: [react(), notices()],
  build: {
    outDir: 'target/classes/META-INF/resources',
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy forbids data: scripts and styles; small assets stay files, too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // elk's layout is one program of 1.6 MB, which only the topology's worker loads.
    chunkSizeWarningLimit: 1700,
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'patternfly', test: /node_modules\/@patternfly/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
          ],
        },
      },
    },
  },
  server: {
    // `./binnacle up --detach` beside it is the real thing.
    proxy: { '/api': process.env.BINNACLE_APP ?? 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest-reports/TEST-console.xml' },
  },
});

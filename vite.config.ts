import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

import { browserLaunchArguments } from './scripts/find-browser.mjs';
import { frameLibraries } from './scripts/site/frame-libraries-plugin.mjs';
import { pythonSite } from './scripts/site/python-site-plugin.mjs';
import { serviceWorker } from './scripts/site/service-worker-plugin.mjs';

/** How long a test may take on a machine that has much else to do, in milliseconds. */
const patience = 30_000;

/** Starts a Python. */
const roundTrip = 'src/data/type-round-trip.test.ts';
/** Starts programs. */
const headless = 'src/headless/execute.test.ts';

export default defineConfig({
  base: './',
  plugins: [svelte({ configFile: false }), pythonSite(), frameLibraries(), serviceWorker()],
  optimizeDeps: {
    include: [
      '@cfworker/json-schema',
      '@dagrejs/dagre',
      'apache-arrow',
      'dompurify',
      'markdown-it',
      'papaparse',
      'temml',
    ],
  },
  worker: { format: 'es' },
  build: { target: 'es2024', sourcemap: false },
  test: {
    // By default a machine with two cores would have one at work.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Else styles would be empty, also where their text is asked for.
          css: { include: /\?raw$/ },
          include: ['src/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'src/kernel-worker/**', roundTrip, headless, 'node_modules/**'],
          // A file that finds the modules loaded is done in a fraction of the time: what they hold is no state.
          isolate: false,
          testTimeout: patience,
        },
      },
      {
        extends: true,
        test: {
          // These take functions from the globals as they load, or start programs.
          name: 'unit-apart',
          environment: 'node',
          include: ['src/kernel-worker/**/*.test.ts', roundTrip, headless, 'scripts/**/*.test.mjs'],
          exclude: ['**/*.browser.test.ts', 'node_modules/**'],
          testTimeout: patience,
        },
      },
      {
        test: {
          name: 'firefox',
          environment: 'node',
          include: ['e2e/firefox/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 60_000, interval: 50 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          testTimeout: patience,
          expect: { poll: { timeout: 10_000 } },
          include: ['src/**/*.browser.test.ts'],
          // What tests read of it in the browser.
          env: { CAHIER_FAULT_ROUNDS: process.env['CAHIER_FAULT_ROUNDS'] ?? '25' },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(process.env['CAHIER_BROWSER'] ? { executablePath: process.env['CAHIER_BROWSER'] } : {}),
                args: [...browserLaunchArguments],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});

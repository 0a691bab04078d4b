import { defineConfig } from '@playwright/test';
import { browserLaunchArguments } from '../scripts/find-browser.mjs';

const executablePath = process.env['CAHIER_BROWSER'];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  // Each story starts a Python of its own: two at a time are what a small machine carries.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./ContextReporter.ts']],
  forbidOnly: true,
  use: {
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // A trace costs more time than most stories: it is made when a failure is looked into.
    trace: process.env['CAHIER_TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: {
      args: [...browserLaunchArguments],
      ...(executablePath ? { executablePath } : {}),
    },
  },
});

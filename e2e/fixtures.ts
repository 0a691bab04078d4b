import { test as base, expect } from '@playwright/test';
import { startServer } from '../scripts/serve.mjs';
import { missingWheels } from '../scripts/wheels.mjs';
import { OutsideHost } from './OutsideHost.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

interface WorkerFixtures {
  /** Headers that the host sends with every answer; a plain host sends none. */
  readonly hostHeaders: Readonly<Record<string, string>>;
  /** The built site, served as a static host would. */
  readonly site: { readonly url: string };
}

/** The headers by which pages may share memory with their workers. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

interface TestFixtures {
  /** Errors that a story brings about on purpose; the browser may report them as uncaught. */
  readonly expectedErrors: readonly string[];
  /** Another host than the app's. */
  readonly outside: OutsideHost;
  /** The app, opened for the first time. A story that leaves an error in the console fails. */
  readonly notebook: NotebookPage;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  hostHeaders: [{}, { option: true, scope: 'worker' }],
  site: [
    async ({ hostHeaders }, use) => {
      const server = await startServer({ port: 0, headers: hostHeaders });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  expectedErrors: [[], { option: true }],
  outside: async ({}, use) => {
    const outside = await OutsideHost.start();
    await use(outside);
    await outside.close();
  },
  notebook: async ({ page, site, expectedErrors }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    await use(notebook);
    expect(problems.filter((problem) => !expectedErrors.includes(problem))).toEqual([]);
  },
});

/** The wheels that this build does not serve, by package name. */
export const missingPackages: readonly string[] = missingWheels().map((wheel) => wheel.name);

export { expect };

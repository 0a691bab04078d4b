import { test as base, expect, type Page } from '@playwright/test';
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
    const notebook = new NotebookPage(page, site.url);
    await expectNoOtherErrors(page, expectedErrors, async () => {
      await notebook.open();
      await use(notebook);
    });
  },
});

interface UsedApp {
  /** The app in a tab that stays open from story to story, until one fails. */
  readonly usedTab: Page;
}

/**
 * For stories that need no first visit, which takes most of the time of a short one: each begins with a new notebook in a
 * tab that other stories have used, and must leave settings and the size of the window as it found them.
 */
export const testInUse = test.extend<object, UsedApp>({
  usedTab: [
    async ({ browser, site }, use, { project }) => {
      const { viewport, permissions } = project.use;
      const context = await browser.newContext({
        ...(viewport !== undefined && { viewport }),
        ...(permissions !== undefined && { permissions }),
      });
      const page = await context.newPage();
      await new NotebookPage(page, site.url).open();
      await use(page);
      await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ usedTab }, use) => {
    await use(usedTab);
  },
  context: async ({ usedTab }, use) => {
    await use(usedTab.context());
  },
  notebook: async ({ page, site, expectedErrors }, use) => {
    const notebook = new NotebookPage(page, site.url);
    await expectNoOtherErrors(page, expectedErrors, async () => {
      await notebook.createAnother();
      await use(notebook);
      // What is left open would stand in the way of the next story.
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  },
});

async function expectNoOtherErrors(
  page: Page,
  expected: readonly string[],
  story: () => Promise<void>,
): Promise<void> {
  const problems: string[] = [];
  const note = ({ message }: Error): void => {
    problems.push(message);
  };
  page.on('pageerror', note);
  await story();
  page.off('pageerror', note);
  expect(problems.filter((problem) => !expected.includes(problem))).toEqual([]);
}

/** The wheels that this build does not serve, by package name. */
export const missingPackages: readonly string[] = missingWheels().map((wheel) => wheel.name);

export { expect };

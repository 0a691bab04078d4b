import { expect, test as base } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { missingWheels } from '../../scripts/wheels.mjs';
import { Firefox } from './Firefox.ts';
import { FirefoxNotebook } from './FirefoxNotebook.ts';

interface Fixtures {
  /** The built site, served as a static host would; one for a file of stories. */
  readonly site: { readonly url: string };
  /** A Firefox that has visited nothing before the stories of a file. */
  readonly firefox: Firefox;
  /** The app with an empty notebook, in a tab of its own. A story that leaves an error in the console of a tab fails. */
  readonly notebook: FirefoxNotebook;
}

export const test = base.extend<Fixtures>({
  // Vitest reads the fixtures asked for from this pattern, as Playwright does.
  site: [
    async ({}, use) => {
      const server = await startServer({ port: 0 });
      await use(server);
      await server.close();
    },
    { scope: 'file' },
  ],
  firefox: [
    async ({}, use) => {
      const found = await findFirefox();
      if (found.kind === 'missing') throw new Error(found.reason);
      const firefox = await Firefox.launch(found.executablePath);
      await use(firefox);
      await firefox.close();
    },
    { scope: 'file' },
  ],
  notebook: async ({ firefox, site }, use) => {
    const notebook = new FirefoxNotebook(await firefox.openTab(), site.url);
    await notebook.openEmpty();
    await use(notebook);
    // Closed before anything is checked: what comes after a failure is not done.
    const problems = await firefox.closeTabs();
    expect(problems).toEqual([]);
  },
});

/** Whether this build serves pandas itself. */
export const hasPandas = !missingWheels().some(({ name }) => ['numpy', 'pandas'].includes(name));

export { expect };

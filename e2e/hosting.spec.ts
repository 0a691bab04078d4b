import { startServer } from '../scripts/serve.mjs';
import { expect, test } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

test('the site works under a sub-path and asks no host but its own', async ({ page }) => {
  const server = await startServer({ port: 0, base: '/courses/cahier/' });
  try {
    const strangers: string[] = [];
    const refused: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && !url.startsWith(server.url) && !url.includes('cdn.jsdelivr.net'))
        strangers.push(url);
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    const notebook = new NotebookPage(page, server.url);
    await notebook.open();
    const cell = await notebook.addFirstCell();
    await cell.run();
    await cell.expectState('Done');
    await expect.poll(async () => (await cell.readRows()).length).toBe(5);
    expect(strangers).toEqual([]);
    expect(refused).toEqual([]);
  } finally {
    await server.close();
  }
});

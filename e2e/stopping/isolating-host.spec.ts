import { expect, isolationHeaders, test } from '../fixtures.ts';
import { endlessScripts } from './endless-scripts.ts';
import { stopScript } from './stop-script.ts';

test.use({ hostHeaders: isolationHeaders });

test('a host that isolates its pages lets them share memory', async ({ notebook }) => {
  expect(await notebook.page.evaluate(() => crossOriginIsolated)).toBe(true);
});

for (const script of endlessScripts) {
  test(`from a host that isolates its pages, ${script.name} is stopped`, async ({ notebook }) => {
    const python = await stopScript(notebook, script);
    if (script.does !== 'compute in one call') expect(python).toBe('kept');
  });
}

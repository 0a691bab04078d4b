import { expect, test } from '../fixtures.ts';
import { endlessScripts } from './endless-scripts.ts';
import { stopScript } from './stop-script.ts';

test.use({ serviceWorkers: 'block' });

for (const script of endlessScripts) {
  test(`without a service worker, ${script.name} is stopped`, async ({ notebook }) => {
    expect(await stopScript(notebook, script)).toBe(script.does === 'wait' ? 'kept' : 'replaced');
  });
}

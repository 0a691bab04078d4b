import { expect, test } from '../fixtures.ts';
import { endlessScripts } from './endless-scripts.ts';
import { stopScript } from './stop-script.ts';
import { endStubbornScript, exceedTimeout } from './stubborn-scripts.ts';

test.use({ serviceWorkers: 'block' });

for (const script of endlessScripts) {
  test(`without a service worker, ${script.name} is stopped`, async ({ notebook }) => {
    expect(await stopScript(notebook, script)).toBe(script.does === 'wait' ? 'kept' : 'replaced');
  });
}

test('without a service worker, a script that refuses to stop loses its Python, and the spare takes over', async ({
  notebook,
}) => {
  await endStubbornScript(notebook);
});

test('without a service worker, a script past its timeout is stopped, and Python replaced', async ({
  notebook,
}) => {
  await exceedTimeout(notebook, 'replaced');
});

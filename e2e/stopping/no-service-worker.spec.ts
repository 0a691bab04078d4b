import { test } from '../fixtures.ts';
import { stopEndlessScripts } from './stop-script.ts';
import { endStubbornScript, exceedTimeout } from './stubborn-scripts.ts';

test.use({ serviceWorkers: 'block' });

test('without a service worker, scripts that do not end are stopped, one after the other', async ({
  notebook,
}) => {
  test.setTimeout(240_000);
  await stopEndlessScripts(notebook, ({ does }) => (does === 'wait' ? 'kept' : 'replaced'));
});

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

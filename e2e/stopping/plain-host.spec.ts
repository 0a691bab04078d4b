import { testInUse as test } from '../fixtures.ts';
import { stopEndlessScripts } from './stop-script.ts';
import { stopSilentRequests } from './silent-requests.ts';
import { endStubbornScript, exceedTimeout } from './stubborn-scripts.ts';

test('from a plain host, scripts that do not end are stopped, one after the other', async ({ notebook }) => {
  test.setTimeout(240_000);
  await stopEndlessScripts(notebook, ({ does }) => (does === 'compute in one call' ? 'either' : 'kept'));
});

test('from a plain host, requests that are never answered are stopped, and Python is kept', async ({
  notebook,
  outside,
}) => {
  test.setTimeout(120_000);
  await stopSilentRequests(notebook, outside);
});

test('from a plain host, a script that refuses to stop loses its Python, and the spare takes over', async ({
  notebook,
}) => {
  await endStubbornScript(notebook);
});

test('from a plain host, a script past its timeout is stopped, and Python kept', async ({ notebook }) => {
  await exceedTimeout(notebook, 'kept');
});

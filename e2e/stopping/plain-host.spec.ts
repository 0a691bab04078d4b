import { expect, test } from '../fixtures.ts';
import { endlessScripts } from './endless-scripts.ts';
import { silentRequests, stopSilentRequest } from './silent-requests.ts';
import { stopScript } from './stop-script.ts';
import { endStubbornScript, exceedTimeout } from './stubborn-scripts.ts';

for (const script of endlessScripts) {
  test(`from a plain host, ${script.name} is stopped`, async ({ notebook }) => {
    const python = await stopScript(notebook, script);
    if (script.does !== 'compute in one call') expect(python).toBe('kept');
  });
}

for (const request of silentRequests) {
  test(`from a plain host, ${request.name} that is never answered is stopped`, async ({
    notebook,
    outside,
  }) => {
    await stopSilentRequest(notebook, outside, request);
  });
}

test('from a plain host, a script that refuses to stop loses its Python, and the spare takes over', async ({
  notebook,
}) => {
  await endStubbornScript(notebook);
});

test('from a plain host, a script past its timeout is stopped, and Python kept', async ({ notebook }) => {
  await exceedTimeout(notebook, 'kept');
});

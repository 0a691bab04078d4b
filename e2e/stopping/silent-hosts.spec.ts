import { expect, isolationHeaders, test as base } from '../fixtures.ts';
import { OutsideHost } from '../OutsideHost.ts';
import { silentRequests } from './silent-requests.ts';
import { stopScript } from './stop-script.ts';

const test = base.extend<{ outside: OutsideHost }>({
  outside: async ({}, use) => {
    const outside = await OutsideHost.start();
    await use(outside);
    await outside.close();
  },
});

for (const [from, hostHeaders] of [
  ['from a plain host', {}],
  ['from a host that isolates its pages', isolationHeaders],
] as const) {
  test.describe(from, () => {
    test.use({ hostHeaders });

    for (const { name, does, toSource } of silentRequests) {
      test(`${name} that is never answered is stopped`, async ({ notebook, outside }) => {
        await notebook.allowHost(new URL(outside.url).host);
        const source = toSource(`${outside.url}/silence`);
        const python = await stopScript(notebook, { name, does, source });
        expect(outside.requests).toEqual(['GET /silence']);
        // What blocks the worker hears nothing: Python is ended.
        expect(python).toBe(does === 'wait' ? 'kept' : 'replaced');
      });
    }
  });
}

import { expect, test } from '../fixtures.ts';
import { endlessScripts } from './endless-scripts.ts';
import { stopScript } from './stop-script.ts';

for (const script of endlessScripts) {
  test(`from a plain host, ${script.name} is stopped`, async ({ notebook }) => {
    const python = await stopScript(notebook, script);
    if (script.does !== 'compute in one call') expect(python).toBe('kept');
  });
}

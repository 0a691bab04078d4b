import { isolationHeaders, test } from '../fixtures.ts';
import { endStubbornScript, exceedTimeout } from './stubborn-scripts.ts';

for (const [from, hostHeaders, serviceWorkers] of [
  ['from a plain host', {}, 'allow'],
  ['from a host that isolates its pages', isolationHeaders, 'allow'],
  ['without a service worker', {}, 'block'],
] as const) {
  test.describe(from, () => {
    test.use({ hostHeaders, serviceWorkers });

    test('a script that refuses to stop loses its Python at the second press, and the spare takes over', async ({
      notebook,
    }) => {
      await endStubbornScript(notebook);
    });

    const python = serviceWorkers === 'allow' ? 'kept' : 'replaced';
    test(`a script past its timeout is stopped in the same way, and Python is ${python}`, async ({
      notebook,
    }) => {
      await exceedTimeout(notebook, python);
    });
  });
}

import { expect, it } from 'vitest';
import { getSetup } from './job-setup.ts';
import { buildInput, buildScriptlet } from './testing/builders.ts';

const secret = { type: 'string', contentMediaType: 'oomol/secret' };

it('what a job remembers of its inputs has neither their values nor the default of a secret', () => {
  const value = { kind: 'json', text: '1' } as const;
  const setup = getSetup(
    buildScriptlet('cell', [
      buildInput('count', { defaultValue: '2', value }),
      buildInput('key', { schema: secret, defaultValue: '"hush"', value: { kind: 'secret', text: 'hush' } }),
    ]),
    () => null,
  );
  expect(setup).toEqual({
    kind: 'scriptlet',
    inputs: [buildInput('count', { defaultValue: '2' }), buildInput('key', { schema: secret })],
    outputs: [],
  });
});

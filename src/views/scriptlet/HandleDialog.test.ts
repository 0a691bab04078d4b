import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import type { JsonSchema } from '../../model/handles.ts';
import { buildInput } from '../../model/testing/builders.ts';
import HandleDialog from './HandleDialog.svelte';

it.each<[boolean, JsonSchema]>([
  [true, { type: 'string' }],
  [true, { type: 'string', minLength: 8 }],
  [false, { type: 'string', contentMediaType: 'oomol/secret' }],
  [false, { type: 'string', minLength: 8, contentMediaType: 'oomol/secret' }],
])('a default is asked for (%s) where the schema is %j', (isAsked, schema) => {
  const { body } = render(HandleDialog<'input'>, {
    props: {
      side: 'input',
      handle: buildInput('key', { schema }),
      takenNames: [],
      onSave: () => undefined,
      onClose: () => undefined,
    },
  });
  expect(body.includes('Default, as JSON')).toBe(isAsked);
});

import { expect, it } from 'vitest';
import { buildConnection, buildInput, buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { planInputs } from './plan-inputs.ts';

const secret = buildInput('password', { schema: { contentMediaType: 'oomol/secret' } });
const ask = buildScriptlet('Ask', ['count', secret], ['out']);
const more = buildScriptlet('More', ['count', 'taken']);
const notebook = buildNotebook([], {
  cells: [ask, more],
  connections: [buildConnection('Ask.out', 'More.taken')],
});

function plan(name: string, json: string) {
  return planInputs([notebook], [{ name, json }]);
}

function set(cellId: string, handle: string, value: unknown) {
  return {
    isOk: true,
    value: [{ notebookId: notebook.id, edit: { type: 'set-input-value', cellId, handle, value } }],
  };
}

it('sets a value by cell and handle, and a secret as one', () => {
  expect(plan('More.count', '3')).toEqual(set('More', 'count', { kind: 'json', text: '3' }));
  expect(plan('password', '"hush"')).toEqual(set('Ask', 'password', { kind: 'secret', text: 'hush' }));
});

it.each([
  ['count', '3', 'this could be “Ask.count”, “More.count”. Name cell and handle.'],
  ['More.taken', '3', 'the input is connected, and takes the value of the connection.'],
  ['password', '3', 'a secret is a text, in quotes.'],
  [
    'size',
    '3',
    'there is no such input. There are: “Ask.count”, “Ask.password”, “More.count”, “More.taken”.',
  ],
])('refuses %s=%s', (name, json, reason) => {
  expect(plan(name, json)).toEqual({ isOk: false, problem: `--input ${name}: ${reason}` });
});

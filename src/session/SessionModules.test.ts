import { expect, test } from 'vitest';
import { SessionId } from '../model/ids.ts';
import { buildHash } from '../model/testing/builders.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import { SessionModules } from './SessionModules.ts';

const python = { sessionId: SessionId.from('one'), kernelId: 'first' };

function createFile(path: string, digit: string): NotebookFile {
  return { path, blob: buildHash(digit), byteSize: 1 };
}

test('a module that is edited in the middle of a session counts as it was loaded', () => {
  const modules = new SessionModules();
  const [shapes, helpers, newShapes] = [
    createFile('shapes.py', '1'),
    createFile('helpers.py', '2'),
    createFile('shapes.py', '3'),
  ];
  const paths = ['shapes.py', 'helpers.py', 'gone.py'];
  expect(modules.take(python, ['shapes.py'], [shapes])).toEqual([shapes]);
  expect(modules.take(python, paths, [newShapes, helpers])).toEqual([shapes, helpers]);
});

test.each([
  ['session', { ...python, sessionId: SessionId.from('two') }],
  ['Python', { ...python, kernelId: 'second' }],
])('another %s loads modules anew', (_, other) => {
  const modules = new SessionModules();
  const newShapes = createFile('shapes.py', '3');
  modules.take(python, ['shapes.py'], [createFile('shapes.py', '1')]);
  expect(modules.take(other, ['shapes.py'], [newShapes])).toEqual([newShapes]);
});

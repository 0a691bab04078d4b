import * as v from 'valibot';
import { expect, it } from 'vitest';
import { buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { notebook } from './parse-notebook-record.ts';

const cell = buildScriptlet('end', ['in'], ['out']);

it('a notebook is read as it was written, with the nodes that its cells were imported from', () => {
  const written = buildNotebook([], {
    cells: [{ ...cell, flowNode: { nodeId: 'end', task: null } }, cell],
  });
  expect(v.parse(notebook, structuredClone(written))).toEqual(written);
});

it('a scriptlet of earlier versions was imported from no node that is known', () => {
  const old = { ...cell, flowNode: undefined };
  expect(v.parse(notebook, { ...buildNotebook([]), cells: [old] }).cells).toEqual([cell]);
});

import { describe, expect, it } from 'vitest';
import { findNamedFile, readsFile, toFilePath, toNotebookPath } from './file-inputs.ts';
import { takesDataset, type JsonSchema } from './handles.ts';
import { buildHash, buildInput } from './testing/builders.ts';

const file = { path: 'data/sales.csv', blob: buildHash('a'), byteSize: 10 };

describe('a file of the notebook', () => {
  it('has a path that Python finds it by', () => {
    expect(toFilePath(file)).toBe('/notebook/data/sales.csv');
    expect(['/notebook/data/sales.csv', '/session/x', '/notebook', 'sales.csv'].map(toNotebookPath)).toEqual([
      'data/sales.csv',
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['"/notebook/data/sales.csv"', file],
    ['"/notebook/gone.csv"', null],
    ['"data/sales.csv"', null],
    ['["/notebook/data/sales.csv"]', null],
    ['/notebook/data/sales.csv', null],
  ])('is found by a value: %s', (json, found) => {
    expect(findNamedFile({ files: [file] }, json)).toBe(found);
  });
});

describe('an input', () => {
  it.each<[JsonSchema, boolean, boolean]>([
    [{}, false, true],
    [{ title: 'Sales' }, false, true],
    [{ contentMediaType: 'oomol/var', title: 'Sales' }, false, true],
    [{ type: 'string', 'ui:widget': 'file' }, true, false],
    [{ type: 'string' }, true, false],
    [{ type: ['string', 'null'], 'ui:widget': 'text' }, true, false],
    [{ type: 'number' }, false, false],
    [{ type: 'string', 'ui:widget': 'save' }, false, false],
    [{ type: 'string', 'ui:widget': 'dir' }, false, false],
    [{ type: 'array', items: { type: 'object' } }, false, false],
    [{ enum: [1, 2] }, false, false],
    [{ contentMediaType: 'oomol/bin' }, true, false],
    [{ type: 'string', contentMediaType: 'oomol/secret' }, false, false],
  ])('reads a file, or takes a dataset, as its schema says: %j', (schema, doesRead, doesTake) => {
    const input = buildInput('input', { schema });
    expect([readsFile(input), takesDataset(input)]).toEqual([doesRead, doesTake]);
  });
});

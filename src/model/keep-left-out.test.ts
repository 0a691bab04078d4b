import { expect, it } from 'vitest';
import { createCell } from './create-cell.ts';
import { keepOriginal } from './lesson.ts';
import { alignOriginal, keepAddedFiles, keepLeftOut } from './keep-left-out.ts';
import {
  buildDatasetCell,
  buildHash,
  buildInput,
  buildNotebook,
  buildNotebookWheel,
  buildScriptlet,
} from './testing/builders.ts';

const secret = { kind: 'secret', text: 'mine' } as const;
const typed = { kind: 'json', text: '1' } as const;
const data = buildDatasetCell('Sales', buildHash('1'));
const file = (path: string, digit: string) => ({ path, blob: buildHash(digit), byteSize: 1 });

it('what no link holds stays as it is in the notebook, and all else becomes what the link holds', () => {
  const here = buildNotebook([], {
    cells: [
      data,
      buildScriptlet('Ask', [
        buildInput('key', { value: secret }),
        buildInput('count', { value: typed }),
        buildInput('gone', { value: secret }),
      ]),
    ],
    files: [file('helper.py', '1'), file('mine.csv', '2'), file('old.py', '3')],
    requirements: 'mine',
    wheels: [buildNotebookWheel('six', '4')],
  });
  const link = {
    cells: [
      { ...data, title: 'Sales of May', content: null },
      buildScriptlet('Ask', [buildInput('key'), buildInput('count')]),
      { ...data, id: createCell('dataset', 'x').id, content: null },
    ],
    connections: [],
    files: [file('helper.py', '5'), file('new.py', '6')],
    requirements: 'six',
    wheels: [],
  };
  expect(keepLeftOut(link, here)).toEqual({
    ...link,
    cells: [
      { ...data, title: 'Sales of May' },
      buildScriptlet('Ask', [buildInput('key', { value: secret }), buildInput('count')]),
      link.cells[2],
    ],
    wheels: here.wheels,
  });
  const original = [file('helper.py', '1'), file('old.py', '3')];
  expect(keepAddedFiles(link, here.files, original).files).toEqual([
    file('helper.py', '5'),
    file('mine.csv', '2'),
    file('new.py', '6'),
  ]);
});

it('the original of a lesson has what no link holds as the notebook has it, where it came by one', async () => {
  const came = buildNotebook([], { cells: [{ ...data, content: null }] });
  const filled = { cells: [data], wheels: [buildNotebookWheel('six', '4')] };
  const link = await keepOriginal(came, { kind: 'link', notebookId: null, edition: '' });
  expect(alignOriginal(came, { ...link.notebook, ...filled })).toMatchObject(filled);
  const file = await keepOriginal(came, { kind: 'file', name: 'one.cahier' });
  expect(alignOriginal(came, { ...file.notebook, ...filled })).toMatchObject({
    cells: came.cells,
    wheels: [],
  });
});

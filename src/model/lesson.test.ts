import { expect, it } from 'vitest';
import { keepOriginal, type LessonSource } from './lesson.ts';
import { duplicateNotebook, listNotebookBlobs } from './notebook.ts';
import { NotebookId } from './ids.ts';
import {
  buildConnection,
  buildDatasetCell,
  buildHash,
  buildNotebook,
  buildScriptlet,
} from './testing/builders.ts';
import { hashBytes } from '../shared/hash-bytes.ts';

const source: LessonSource = { kind: 'file', name: 'lesson.cahier' };

it('a lesson keeps what it held when it was opened, and the values that this names', async () => {
  const data = buildDatasetCell('Birds', buildHash('1'), true);
  const files = [{ path: 'help.py', blob: buildHash('2'), byteSize: 20 }];
  const given = buildNotebook([], {
    title: 'Lesson',
    cells: [data, buildScriptlet('Count', ['data'])],
    connections: [buildConnection('Birds.data', 'Count.data')],
    files,
    requirements: 'six',
  });
  const { notebook, blob } = await keepOriginal(given, source);
  const text = await blob.content.text();
  const { cells, connections, requirements, wheels } = given;
  expect(JSON.parse(text)).toEqual({ cells, connections, files, requirements, wheels });
  expect(blob.hash).toBe(await hashBytes(new TextEncoder().encode(text)));
  const { lesson, ...rest } = notebook;
  expect(rest).toEqual(given);
  expect(lesson).toEqual({
    source,
    original: blob.hash,
    byteSize: blob.content.size,
    values: [
      { blob: buildHash('2'), byteSize: 20 },
      { blob: buildHash('1'), byteSize: expect.any(Number) as number },
      { blob: buildHash('f'), byteSize: expect.any(Number) as number },
    ],
  });
});

it('the values of the original stay named when the notebook itself names them no more, and a copy is the same lesson', async () => {
  const data = buildDatasetCell('Birds', buildHash('1'), false);
  const { notebook, blob } = await keepOriginal(buildNotebook([], { cells: [data] }), source);
  const emptied = { ...notebook, cells: [] };
  expect(listNotebookBlobs(emptied)).toEqual([blob.hash, buildHash('1')]);
  const copy = duplicateNotebook(emptied, NotebookId.from('copy'), 'Copy', 5);
  expect(copy.lesson).toEqual(notebook.lesson);
});

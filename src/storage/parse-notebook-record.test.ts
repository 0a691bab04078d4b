import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createCell } from '../model/create-cell.ts';
import { NotebookId } from '../model/ids.ts';
import { keepOriginal, type LessonSource } from '../model/lesson.ts';
import { buildDatasetCell, buildHash, buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { lessonContent, notebook } from './parse-notebook-record.ts';

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

it('cells that are not run are read as they were written', () => {
  const full = buildDatasetCell('full', buildHash('1'), true);
  const content = full.content && {
    ...full.content,
    rejected: { count: 2, report: { blob: buildHash('2'), byteSize: 20 } },
  };
  const cells = [
    full,
    { ...full, content },
    ...(['dataset', 'chart', 'note'] as const).map((kind) => createCell(kind, kind)),
  ];
  expect(v.parse(notebook, structuredClone(buildNotebook([], { cells }))).cells).toEqual(cells);
});

it.each<LessonSource>([
  { kind: 'example', exampleId: 'birds', edition: buildHash('e') },
  { kind: 'link', notebookId: NotebookId.from('theirs'), edition: buildHash('e') },
  { kind: 'link', notebookId: null, edition: buildHash('e') },
])('a lesson of %o is read with its original as it was written', async (source) => {
  const kept = await keepOriginal(buildNotebook(['one'], { files: [] }), source);
  expect(v.parse(notebook, structuredClone(kept.notebook))).toEqual(kept.notebook);
  const { cells, connections, files, requirements, wheels } = kept.notebook;
  const original: unknown = JSON.parse(await kept.blob.content.text());
  expect(v.parse(lessonContent, original)).toEqual({ cells, connections, files, requirements, wheels });
});

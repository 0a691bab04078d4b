import { describe, expect, it } from 'vitest';
import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import { listContentValues } from '../model/notebook.ts';
import { carriedFileMark, pageMark } from '../model/saved-page.ts';
import { allParts } from '../model/workspace-parts.ts';
import { buildWorkspace } from '../storage/workspace-file/testing/build-workspace.ts';
import { writeFile } from '../storage/workspace-file/testing/write-file.ts';
import { readLessonFile, type LessonFileServices } from './read-lesson-file.ts';

const services: LessonFileServices = {
  findOrBuild: (content) => ({ ...content, id: SchemaId.from(`own ${content.name}`) }) as DataSchema,
  isStored: () => false,
  ownValues: new Set(),
};

describe('a lesson in a workspace file', () => {
  it('is its notebook, with the values that it names', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const [notebook] = built.records.notebooks;
    const read = await readLessonFile(file, 'whatever', services);
    if (!read.isOk || !notebook) throw new Error(JSON.stringify(read));
    const { content, blobs } = read.value;
    expect(content.cells.map(({ title }) => title)).toEqual(notebook.cells.map(({ title }) => title));
    expect(content.requirements).toBe(notebook.requirements);
    expect(new Set(blobs.map(({ hash }) => hash))).toEqual(
      new Set(listContentValues(content).map(({ blob }) => blob)),
    );
  });

  it('leads to no value that it names and does not carry, but to those of the notebook itself', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built, { picked: { ...allParts, data: false } });
    const [notebook] = built.records.notebooks;
    const [first, ...others] = notebook ? listContentValues(notebook).map(({ blob }) => blob) : [];
    if (!first) throw new Error('the notebook has values');
    const read = await readLessonFile(file, 'whatever', { ...services, ownValues: new Set([first]) });
    if (!read.isOk) throw new Error(read.problem);
    const { content, blobs } = read.value;
    const carried = new Set(blobs.map(({ hash }) => hash));
    const named = listContentValues(content).map(({ blob }) => blob);
    expect(named).toContain(first);
    expect(others.filter((hash) => named.includes(hash))).toEqual(others.filter((hash) => carried.has(hash)));
    expect(others.some((hash) => !named.includes(hash))).toBe(true);
  });

  it('is found in a page that was saved with the file in it', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const base64 = btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())));
    const page = new Blob([`<!doctype html>${pageMark}1">${carriedFileMark}a.cahier">${base64}</script>`]);
    expect(await readLessonFile(page, 'whatever', services)).toEqual(
      await readLessonFile(file, 'whatever', services),
    );
    expect(await readLessonFile(new Blob(['<!doctype html>']), 'whatever', services)).toEqual({
      isOk: false,
      problem: 'It is a web page, and no workspace. It may have been saved in place of the file.',
    });
  });

  it('is refused with the reason where the file is none, or too large', async () => {
    expect(await readLessonFile(new Blob(['no zip']), 'x', services)).toMatchObject({ isOk: false });
    const large = new Blob([new Uint8Array(20_000_001)]);
    expect(await readLessonFile(large, 'x', services)).toEqual({
      isOk: false,
      problem: 'The file has 20.0 MB, which is too much for a lesson. Import it instead.',
    });
  });
});

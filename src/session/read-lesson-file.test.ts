import { describe, expect, it } from 'vitest';
import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import { listContentValues } from '../model/notebook.ts';
import { buildWorkspace } from '../storage/workspace-file/testing/build-workspace.ts';
import { writeFile } from '../storage/workspace-file/testing/write-file.ts';
import { readLessonFile, type LessonFileServices } from './read-lesson-file.ts';

const services: LessonFileServices = {
  findOrBuild: (content) => ({ ...content, id: SchemaId.from(`own ${content.name}`) }) as DataSchema,
  isStored: () => false,
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

  it('is refused with the reason where the file is none, or too large', async () => {
    expect(await readLessonFile(new Blob(['no zip']), 'x', services)).toMatchObject({ isOk: false });
    const large = new Blob([new Uint8Array(20_000_001)]);
    expect(await readLessonFile(large, 'x', services)).toEqual({
      isOk: false,
      problem: 'The file has 20.0 MB, which is too much for a lesson. Import it instead.',
    });
  });
});

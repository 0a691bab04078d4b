import { describe, expect, it } from 'vitest';
import { ImportId, WorkspaceId } from '../../model/ids.ts';
import { keepOriginal } from '../../model/lesson.ts';
import type { Notebook } from '../../model/notebook.ts';
import { buildHash, buildNotebook } from '../../model/testing/builders.ts';
import { carryLessons } from './carry-lessons.ts';
import { planImport } from './plan-import.ts';
import { createStandIns, type StandIns } from './replace-hashes.ts';
import { buildRecords, createWorld, toState } from './testing/stored-worlds.ts';

const hereId = WorkspaceId.from('here');
const withFile = buildNotebook(['Cell'], { files: [{ path: 'a.csv', blob: buildHash('a'), byteSize: 5 }] });

/** What becomes of a notebook of a file as a lesson, and the values that are stored with it, as texts. */
async function carry(
  notebook: Notebook,
  original: Blob,
  standIns: StandIns = new Map(),
): Promise<{ readonly notebook: Notebook | undefined; readonly originals: readonly string[] }> {
  const choice = { way: 'new', conflicts: [], title: 'New' } as const;
  const origin = { importId: ImportId.from('import'), name: 'a.cahier', now: 9_000 };
  const state = toState(createWorld(buildRecords({}, hereId)), hereId);
  const plan = planImport(buildRecords({ notebooks: [notebook] }), state, choice, origin);
  const readValue = (): Promise<Blob> => Promise.resolve(original);
  const { notebooks, originals } = await carryLessons(plan, { readValue }, 'a.cahier', standIns);
  return {
    notebook: notebooks[0],
    originals: await Promise.all(originals.map(({ content }) => content.text())),
  };
}

describe('a notebook of a file that is a lesson', () => {
  it('stays that lesson', async () => {
    const { notebook, blob } = await keepOriginal(withFile, { kind: 'file', name: 'first.cahier' });
    const carried = await carry(notebook, blob.content);
    expect([carried.notebook?.lesson, carried.originals]).toEqual([notebook.lesson, []]);
  });

  it('is one as it comes where its original names values that the file says nothing of', async () => {
    const { notebook, blob } = await keepOriginal(withFile, { kind: 'file', name: 'first.cahier' });
    const hiding = { ...notebook, files: [], lesson: { ...notebook.lesson, values: [] } };
    const carried = await carry(hiding, blob.content);
    expect(carried.notebook?.lesson).toMatchObject({ source: { name: 'a.cahier' }, values: [] });
    expect(carried.originals).toEqual([expect.not.stringContaining(buildHash('a'))]);
  });

  it('has no way back to a value that leads to nothing here', async () => {
    const { notebook, blob } = await keepOriginal(withFile, { kind: 'file', name: 'first.cahier' });
    const standIns = await createStandIns([buildHash('a')]);
    const [standIn] = standIns.values();
    if (standIn === undefined) throw new Error('there is one');
    const values = [{ blob: standIn, byteSize: 5 }];
    const carried = await carry(
      { ...notebook, lesson: { ...notebook.lesson, values } },
      blob.content,
      standIns,
    );
    expect(carried.notebook?.lesson).toMatchObject({ source: { name: 'first.cahier' }, values });
    expect(carried.originals).toEqual([expect.stringContaining(standIn)]);
    expect(carried.originals).toEqual([expect.not.stringContaining(buildHash('a'))]);
  });
});

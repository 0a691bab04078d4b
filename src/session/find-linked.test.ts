import { describe, expect, it } from 'vitest';
import { NotebookId, type BlobHash } from '../model/ids.ts';
import { keepOriginal } from '../model/lesson.ts';
import type { LinkedNotebook } from '../model/linked-notebook.ts';
import { createNotebook, type Notebook } from '../model/notebook.ts';
import { buildNotebook, buildNotebookWheel } from '../model/testing/builders.ts';
import { parseNotebookLink } from '../storage/notebook-link/parse-link.ts';
import { writeNotebookLink } from '../storage/notebook-link/write-link.ts';
import { findPresentLinked } from './find-linked.ts';
import { toLessonSource } from './notebook-links.ts';

const originals = new Map<BlobHash, Blob>();
const sources = {
  findSchema: () => null,
  readBlob: (hash: BlobHash) => Promise.resolve(originals.get(hash) ?? null),
};
const authored = buildNotebook(['Make', 'Count'], { id: NotebookId.from('of the author'), title: 'Sums' });

async function link(notebook: Notebook): Promise<LinkedNotebook> {
  const written = await writeNotebookLink(notebook, sources);
  const read = written.isOk ? parseNotebookLink(written.value.text) : written;
  if (!read.isOk) throw new Error(read.problem);
  return read.value;
}

/** The notebook that a link becomes here. */
async function add(linked: LinkedNotebook, partial: Partial<Notebook> = {}): Promise<Notebook> {
  const { content } = linked;
  const { notebook, blob } = await keepOriginal(
    createNotebook(authored.workspaceId, content, 1),
    toLessonSource(linked),
  );
  originals.set(blob.hash, blob.content);
  return { ...notebook, ...partial };
}

async function find(linked: LinkedNotebook, notebooks: readonly Notebook[]) {
  const found = await findPresentLinked(linked, notebooks, sources);
  return found && [notebooks.findIndex(({ id }) => id === found.notebookId), found.kind, found.isChanged];
}

describe('of a notebook that a link holds', () => {
  const other = { ...authored, requirements: 'six' };

  it('nothing is here where nothing came by a link of it', async () => {
    const lesson = await add(await link(buildNotebook(['Else'], { id: NotebookId.from('another') })));
    expect(await find(await link(authored), [buildNotebook(['Make', 'Count']), lesson])).toBeNull();
  });

  it('a copy is told from a changed one, whatever its title is now', async () => {
    const linked = await link(authored);
    const same = await add(linked, { title: 'Mine' });
    expect(await find(await link(authored), [same])).toEqual([0, 'copy', false]);
    const withWheel = { ...same, wheels: [buildNotebookWheel('six', '1')] };
    expect(await find(linked, [withWheel])).toEqual([0, 'copy', false]);
    const changed = { ...same, requirements: 'numpy' };
    expect(await find(await link(authored), [changed])).toEqual([0, 'copy', true]);
    const original = buildNotebook([], { files: [] });
    const forged = await keepOriginal({ ...same, ...original, id: same.id }, toLessonSource(linked));
    originals.set(forged.blob.hash, forged.blob.content);
    expect(await find(linked, [forged.notebook])).toEqual([0, 'copy', true]);
    originals.clear();
    expect(await find(await link(authored), [same])).toEqual([0, 'copy', null]);
  });

  it('a copy of a link that does not say of which notebook it is, is known as well', async () => {
    const linked = { ...(await link(authored)), notebookId: null };
    expect(await find(linked, [await add(linked), authored])).toEqual([0, 'copy', false]);
    expect(await find(linked, [await add(await link(other)), authored])).toBeNull();
  });

  it('another version is found, and after the same one', async () => {
    const linked = await link(authored);
    const version = await add(await link(other), { changedAt: 9 });
    expect(await find(linked, [version])).toEqual([0, 'version', false]);
    expect(await find(linked, [version, await add(linked)])).toEqual([1, 'copy', false]);
  });

  it('the author’s own is found, with whether the link still holds what it does', async () => {
    expect(await find(await link(authored), [{ ...authored, title: 'Renamed' }])).toEqual([0, 'own', false]);
    expect(await find(await link(authored), [other])).toEqual([0, 'own', true]);
  });

  it('what is in use comes before what is in the trash, and what was changed last before the others', async () => {
    const linked = await link(authored);
    const inTrash = await add(linked, { deletedAt: 5, changedAt: 9 });
    const [early, late] = [await add(linked, { changedAt: 2 }), await add(linked, { changedAt: 3 })];
    expect(await find(linked, [inTrash, early, late])).toEqual([2, 'copy', false]);
    expect(await find(linked, [inTrash, await add(await link(other))])).toEqual([1, 'version', false]);
    const found = await findPresentLinked(linked, [inTrash], sources);
    expect(found).toEqual({
      notebookId: inTrash.id,
      title: 'Sums',
      isInTrash: true,
      kind: 'copy',
      isChanged: false,
    });
  });
});

import { isSameContent } from '../model/compare-contents.ts';
import type { NotebookId } from '../model/ids.ts';
import { alignOriginal } from '../model/keep-left-out.ts';
import type { Lesson } from '../model/lesson.ts';
import type { LinkedNotebook } from '../model/linked-notebook.ts';
import type { Notebook } from '../model/notebook.ts';
import { parseNotebookLink } from '../storage/notebook-link/parse-link.ts';
import { writeNotebookLink, type LinkSources } from '../storage/notebook-link/write-link.ts';
import { readLesson } from '../storage/read-lesson.ts';

/** A notebook of the workspace that has to do with what a link holds. */
export interface PresentLinked {
  readonly notebookId: NotebookId;
  readonly title: string;
  readonly isInTrash: boolean;
  /**
   * own: the link was made of it; copy: it was added from this link, or one with the same content; version: from a link of the
   * same notebook with other content.
   */
  readonly kind: 'own' | 'copy' | 'version';
  /** Whether it has another content than the link, where it is the own one, else than when it was added; null where nobody knows. */
  readonly isChanged: boolean | null;
}

/** Finds what is here already of a notebook that a link holds: of what is in use first, and of that what was changed last. */
export async function findPresentLinked(
  linked: LinkedNotebook,
  notebooks: readonly Notebook[],
  sources: LinkSources,
): Promise<PresentLinked | null> {
  const ordered = [...notebooks].sort(
    (one, other) =>
      Number(one.deletedAt !== null) - Number(other.deletedAt !== null) || other.changedAt - one.changedAt,
  );
  const related = ordered.flatMap((notebook) => {
    const kind = relate(notebook, linked);
    return kind === null ? [] : [{ notebook, kind }];
  });
  const isInTrash = related[0]?.notebook.deletedAt !== null;
  const near = related.filter(({ notebook }) => (notebook.deletedAt !== null) === isInTrash);
  const found = near.find(({ kind }) => kind !== 'version') ?? near[0];
  if (!found) return null;
  const { notebook, kind } = found;
  const { id: notebookId, title, lesson } = notebook;
  // A workspace file may say of any notebook that it came by a link: what the link holds has the last word.
  const isOther = kind !== 'version' && (await isOtherThanLink(notebook, linked, sources));
  const isChanged =
    isOther || kind === 'own' || !lesson ? isOther : await isOtherThanOriginal(notebook, lesson, sources);
  return { notebookId, title, isInTrash, kind, isChanged };
}

function relate({ id, lesson }: Notebook, linked: LinkedNotebook): PresentLinked['kind'] | null {
  if (lesson?.source.kind === 'link' && lesson.source.edition === linked.edition) return 'copy';
  if (linked.notebookId === null) return null;
  if (id === linked.notebookId) return 'own';
  return lesson?.source.kind === 'link' && lesson.source.notebookId === linked.notebookId ? 'version' : null;
}

async function isOtherThanLink(
  notebook: Notebook,
  { edition }: LinkedNotebook,
  sources: LinkSources,
): Promise<boolean> {
  const written = await writeNotebookLink(notebook, sources);
  // One that has grown too large for a link since is another.
  const read = written.isOk ? parseNotebookLink(written.value.text) : written;
  return !read.isOk || read.value.edition !== edition;
}

async function isOtherThanOriginal(
  notebook: Notebook,
  { original }: Lesson,
  { readBlob }: LinkSources,
): Promise<boolean | null> {
  const read = await readLesson(original, await readBlob(original));
  return read.isOk ? !isSameContent(alignOriginal(read.value, notebook), notebook) : null;
}

import { lessonContent } from '../parse-notebook-record.ts';
import { BlobHash, type NotebookId } from '../../model/ids.ts';
import { keepOriginal, type Lesson, type LessonSource } from '../../model/lesson.ts';
import { listContentValues, type Notebook } from '../../model/notebook.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { parseValue } from '../../shared/parse-value.ts';
import type { BlobToStore } from '../Storage.ts';
import { parseJsonText } from './parse-json-text.ts';
import type { ImportPlan } from './plan-import.ts';
import type { Trashed, TrashPlan } from './plan-trash.ts';
import type { WorkspaceContent } from './read-workspace-file.ts';
import { renameContent, type Renaming } from './rename-records.ts';
import { replaceHashes, type StandIns } from './replace-hashes.ts';
import { mostTextBytes } from './workspace-file-format.ts';

/** Notebooks that are lessons, with the originals that are to be stored with them. */
interface CarriedLessons {
  readonly notebooks: readonly Notebook[];
  readonly originals: readonly BlobToStore[];
}

/**
 * Makes lessons of the notebooks of a file, as they come: each can be had again as it was. One that is a lesson stays that
 * one, unless its original names values that nothing else of the file does: who put it back would have what is stored under
 * those. Where its cells or values get other ids and hashes, so do those of its original. Without a
 * name there are no new ones.
 */
export async function carryLessons(
  { records, renaming, notebookIds }: ImportPlan,
  content: Pick<WorkspaceContent, 'readValue'>,
  name: string | null,
  standIns: StandIns,
): Promise<CarriedLessons> {
  const notebooks: Notebook[] = [];
  const originals: BlobToStore[] = [];
  for (const notebook of records.notebooks) {
    const fileId = notebookIds.get(notebook.id) ?? notebook.id;
    const { lesson } = notebook;
    const carried = lesson && (await carryOriginal(lesson, fileId, renaming, content, standIns));
    if (carried?.isFit) {
      notebooks.push({ ...notebook, lesson: carried.lesson });
      if (carried.original) originals.push(carried.original);
      continue;
    }
    if (name === null) {
      notebooks.push(notebook);
      continue;
    }
    const kept = await keepOriginal(notebook, toSource(name));
    notebooks.push(kept.notebook);
    originals.push(kept.blob);
  }
  return { notebooks, originals };
}

/**
 * The same of notebooks that go to the trash under other ids: what they can be put back to names their cells by those, too.
 * `readValue` gives what is stored.
 */
export async function carryTrashedLessons(
  { notebooks, models, renaming }: TrashPlan,
  stored: Pick<WorkspaceContent, 'readValue'>,
): Promise<{ readonly trashed: TrashPlan; readonly originals: readonly BlobToStore[] }> {
  const originals: BlobToStore[] = [];
  const carried: Trashed<Notebook>[] = [];
  for (const { formerId, record } of notebooks) {
    const { lesson } = record;
    const isMoved = formerId !== record.id;
    const moved =
      isMoved && lesson ? await carryOriginal(lesson, formerId, renaming, stored, new Map()) : null;
    if (moved?.original) originals.push(moved.original);
    carried.push({ formerId, record: moved ? { ...record, lesson: moved.lesson } : record });
  }
  return { trashed: { notebooks: carried, models, renaming }, originals };
}

function toSource(name: string): LessonSource {
  return /^https?:\/\//i.test(name) ? { kind: 'address', address: name } : { kind: 'file', name };
}

interface CarriedOriginal {
  /** Whether it names no other values than the lesson says. */
  readonly isFit: boolean;
  readonly lesson: Lesson;
  /** Null where it stays as it is: nothing in it has another id, name or hash, it is not there, or cannot be read. */
  readonly original: BlobToStore | null;
}

async function carryOriginal(
  lesson: Lesson,
  fileId: NotebookId,
  renaming: Renaming,
  { readValue }: Pick<WorkspaceContent, 'readValue'>,
  standIns: StandIns,
): Promise<CarriedOriginal> {
  const content = await readValue(lesson.original);
  if (!content) return { isFit: true, lesson, original: null };
  if (content.size > mostTextBytes) return { isFit: false, lesson, original: null };
  const json = parseJsonText(await content.text());
  const parsed = json.isOk ? parseValue(lessonContent, json.value) : json;
  if (!parsed.isOk) return { isFit: true, lesson, original: null };
  const replaced = replaceHashes(parsed.value, standIns);
  const named = new Set(lesson.values.map(({ blob }) => blob));
  const isFit = listContentValues(replaced).every(({ blob }) => named.has(blob));
  const before = JSON.stringify(parsed.value);
  const after = JSON.stringify(renameContent(replaced, fileId, renaming));
  if (after === before) return { isFit, lesson, original: null };
  const bytes = new TextEncoder().encode(after);
  const original = BlobHash.from(await hashBytes(bytes));
  return {
    isFit,
    lesson: { ...lesson, original, byteSize: bytes.byteLength },
    original: { hash: original, content: new Blob([bytes], { type: 'application/json' }) },
  };
}

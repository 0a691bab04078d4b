import { lessonContent } from '../parse-notebook-record.ts';
import { BlobHash, type NotebookId } from '../../model/ids.ts';
import { keepOriginal, type Lesson, type LessonSource } from '../../model/lesson.ts';
import type { Notebook } from '../../model/notebook.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { parseValue } from '../../shared/parse-value.ts';
import type { BlobToStore } from '../Storage.ts';
import { parseJsonText } from './parse-json-text.ts';
import type { ImportPlan } from './plan-import.ts';
import type { WorkspaceContent } from './read-workspace-file.ts';
import { renameContent, type Renaming } from './rename-records.ts';
import { mostTextBytes } from './workspace-file-format.ts';

/** Notebooks that are lessons, with the originals that are to be stored with them. */
interface CarriedLessons {
  readonly notebooks: readonly Notebook[];
  readonly originals: readonly BlobToStore[];
}

/**
 * Makes lessons of the notebooks of a file, as they come: each can be had again as it was. One that is a lesson stays that
 * one; where its cells get other ids, so do those of its original. Without a name there are no new ones.
 */
export async function carryLessons(
  { records, renaming, notebookIds }: ImportPlan,
  content: Pick<WorkspaceContent, 'readValue'>,
  name: string | null,
): Promise<CarriedLessons> {
  const notebooks: Notebook[] = [];
  const originals: BlobToStore[] = [];
  for (const notebook of records.notebooks) {
    const fileId = notebookIds.get(notebook.id) ?? notebook.id;
    const { lesson } = notebook;
    if (lesson) {
      const renamed = await renameOriginal(lesson, fileId, renaming, content);
      notebooks.push({ ...notebook, lesson: renamed?.lesson ?? lesson });
      if (renamed) originals.push(renamed.original);
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

function toSource(name: string): LessonSource {
  return /^https?:\/\//i.test(name) ? { kind: 'address', address: name } : { kind: 'file', name };
}

/** Null where it stays as it is: nothing in it has another id or name, it is not in the file, or cannot be read. */
async function renameOriginal(
  lesson: Lesson,
  fileId: NotebookId,
  renaming: Renaming,
  { readValue }: Pick<WorkspaceContent, 'readValue'>,
): Promise<{ readonly lesson: Lesson; readonly original: BlobToStore } | null> {
  const content = await readValue(lesson.original);
  if (!content || content.size > mostTextBytes) return null;
  const json = parseJsonText(await content.text());
  const parsed = json.isOk ? parseValue(lessonContent, json.value) : json;
  if (!parsed.isOk) return null;
  const before = JSON.stringify(parsed.value);
  const after = JSON.stringify(renameContent(parsed.value, fileId, renaming));
  if (after === before) return null;
  const bytes = new TextEncoder().encode(after);
  const original = BlobHash.from(await hashBytes(bytes));
  return {
    lesson: { ...lesson, original, byteSize: bytes.byteLength },
    original: { hash: original, content: new Blob([bytes], { type: 'application/json' }) },
  };
}

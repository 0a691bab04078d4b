import { alignContent, isSameContent } from '../model/compare-contents.ts';
import type { DataSchema } from '../model/data-schema.ts';
import { listEdits, type Edit } from '../model/edits.ts';
import type { CellId } from '../model/ids.ts';
import { alignOriginal } from '../model/keep-left-out.ts';
import { keepOriginal, type Lesson, type LessonContent } from '../model/lesson.ts';
import { listContentValues, type Notebook } from '../model/notebook.ts';
import { planContent, takeCell } from '../model/plan-content.ts';
import { logger } from '../shared/logger.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, Storage, Written } from '../storage/Storage.ts';
import type { LessonSeeker, LessonSources, NewerLesson } from './LessonSources.ts';

export interface LessonServices {
  readonly storage: Pick<Storage, 'readBlob' | 'findMissing'>;
  readonly sources: Pick<LessonSources, 'hasNewer' | 'loadNewer' | 'noteStored'>;
  readonly getNotebook: () => Notebook;
  readonly fetchRemote: LessonSeeker['fetchRemote'];
  readonly edit: (edit: Edit) => Edit | null;
  readonly takeBack: (inverse: Edit) => void;
  readonly offerUndo: (text: string, inverse: Edit) => void;
  readonly tell: (text: string) => void;
  readonly stopCell: (cellId: CellId) => void;
  /** Has the wheels of a content at hand that come back. */
  readonly prepareWheels: (content: LessonContent) => Promise<void>;
  /** Stores the notebook as it stands with what it names now. */
  readonly save: (blobs: readonly BlobToStore[], schemas?: readonly DataSchema[]) => Promise<Written>;
}

/** How a lesson stands; the reason why its original cannot be read is the end of a sentence. */
export type LessonState =
  | { readonly status: 'none' }
  | { readonly status: 'reading' }
  | { readonly status: 'unreadable'; readonly reason: string }
  | { readonly status: 'known'; readonly isModified: boolean; readonly hasNewer: boolean };

/** Two contents whose cells have the same ids where they are the same cells. */
export interface LessonComparison {
  readonly before: LessonContent;
  readonly after: LessonContent;
}

/** So many milliseconds after the last edit it is looked whether the lesson is modified. */
const pause = 250;

/** What an open notebook was like when it was opened as a lesson, and is where it came from. */
export class NotebookLesson {
  readonly #services: LessonServices;
  #state = $state.raw<LessonState>({ status: 'none' });
  #original: LessonContent | null = null;
  /** Whose original was read. */
  #lesson: Lesson | null = null;
  #hasNewer = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(services: LessonServices) {
    this.#services = services;
    this.noteChange();
  }

  get state(): LessonState {
    return this.#state;
  }

  /** Whether it is only known when it is looked for whether there is a newer one. */
  get canLook(): boolean {
    return this.#lesson?.source.kind === 'address';
  }

  /** To be told of every change to the notebook. */
  noteChange(): void {
    const { lesson } = this.#services.getNotebook();
    if (lesson?.original !== this.#lesson?.original) void this.#open(lesson ?? null);
    if (!this.#original) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#refresh();
    }, pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#lesson = null;
    this.#original = null;
  }

  /** The original beside the notebook as it stands; null where there is none. */
  compare(): LessonComparison | null {
    const after = this.#services.getNotebook();
    return this.#original && { before: alignOriginal(this.#original, after), after };
  }

  /** Gives the notebook, or one of its cells, the content that it had in `wanted`, as one step that can be taken back. */
  async reset(wanted: LessonContent, cellId: CellId | null = null): Promise<void> {
    const inverse = await this.#take(wanted, cellId);
    if (!inverse) return;
    const cell = wanted.cells.find(({ id }) => id === cellId);
    const what = cellId === null ? 'The notebook' : cell ? `“${cell.title}”` : 'The cell';
    this.#services.offerUndo(`${what} is as it was when the lesson was opened.`, inverse);
  }

  /** The lesson as it is now where it came from. The problem is a sentence. */
  async loadNewer(): Promise<Result<NewerLesson, string>> {
    const original = this.#original;
    if (!this.#lesson || !original) return fail('This notebook is no lesson.');
    const { sources, getNotebook, fetchRemote } = this.#services;
    try {
      const { title } = getNotebook();
      const newer = await sources.loadNewer(this.#lesson, { title, fetchRemote });
      if (!newer.isOk) return newer;
      const { content } = newer.value;
      if (isSameContent(alignContent(content, original), original)) {
        return fail('There is nothing newer: it is what was opened.');
      }
      return succeed({ ...newer.value, content: alignContent(content, getNotebook()) });
    } catch (error) {
      return fail(`The newer lesson could not be loaded (${toMessage(error)}). Try again.`);
    }
  }

  /** Makes the notebook the newer lesson, as one step that can be taken back. Why it was not, as a sentence; else null. */
  async takeNewer({ content, source, blobs, schemas }: NewerLesson): Promise<string | null> {
    const { getNotebook, takeBack, save, offerUndo } = this.#services;
    const kept = await keepOriginal({ ...getNotebook(), ...content }, source);
    const inverse = await this.#take(content, null, { type: 'set-lesson', lesson: kept.notebook.lesson });
    if (!inverse) return null;
    const written = await save([...blobs, kept.blob], schemas);
    const what = source.kind === 'link' ? 'version of the link' : 'newer lesson';
    if (!written.isOk) {
      takeBack(inverse);
      return `The ${what} could not be stored (${written.problem.message}). The notebook is as it was.`;
    }
    this.#services.sources.noteStored(schemas);
    offerUndo(`The notebook is the ${what} now.`, inverse);
    return null;
  }

  async #take(wanted: LessonContent, cellId: CellId | null, ...also: readonly Edit[]): Promise<Edit | null> {
    const { getNotebook, edit, stopCell, prepareWheels, tell, storage } = this.#services;
    await prepareWheels(wanted);
    const notebook = getNotebook();
    const content = cellId === null ? wanted : takeCell(notebook, wanted, cellId);
    const planned = planContent(notebook, content);
    const edits = [...(planned ? listEdits(planned) : []), ...also];
    const named = new Set(listContentValues(notebook).map(({ blob }) => blob));
    const back = listContentValues(content).filter(({ blob }) => !named.has(blob));
    for (const each of edits) if (each.type === 'remove-cell') stopCell(each.cellId);
    const inverse = edits.length === 0 ? null : edit({ type: 'several', edits });
    // What a newer lesson brings is stored with it.
    const missing = also.length > 0 ? [] : await storage.findMissing(back.map(({ blob }) => blob));
    if (inverse && [...missing].length > 0) {
      tell('Some data of the original is missing from this browser’s storage. Bring in its files again.');
    }
    return inverse;
  }

  async #open(lesson: Lesson | null): Promise<void> {
    this.#lesson = lesson;
    this.#original = null;
    this.#hasNewer = false;
    this.#state = lesson ? { status: 'reading' } : { status: 'none' };
    if (!lesson) return;
    const { storage, sources } = this.#services;
    try {
      const { readLesson } = await import('../storage/read-lesson.ts');
      const read = await readLesson(lesson.original, await storage.readBlob(lesson.original));
      if (this.#lesson !== lesson) return;
      if (!read.isOk) {
        this.#state = { status: 'unreadable', reason: read.problem };
        return;
      }
      this.#original = read.value;
      this.#refresh();
      this.#hasNewer = await sources.hasNewer(lesson);
      if (this.#lesson === lesson) this.#refresh();
    } catch (error) {
      logger.warn('It is not known whether there is a newer lesson', error);
      if (this.#lesson === lesson && !this.#original) {
        this.#state = { status: 'unreadable', reason: toMessage(error) };
      }
    }
  }

  #refresh(): void {
    const compared = this.compare();
    if (!compared) return;
    const isModified = !isSameContent(compared.before, compared.after);
    this.#state = { status: 'known', isModified, hasNewer: this.#hasNewer };
  }
}

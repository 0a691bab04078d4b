import type { Edit } from '../model/edits.ts';
import type { NotebookId, ProfileId, ScheduleId } from '../model/ids.ts';
import type { Schedule } from '../model/schedule.ts';
import { createDeferred, type Deferred } from '../shared/deferred.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import type { RunAs } from './run-as.ts';

export interface ScheduledEditsServices {
  /** The schedules that run a notebook. */
  readonly listSchedules: (id: NotebookId) => readonly Schedule[];
  readonly getActiveProfileId: () => ProfileId;
  /** False where that could not be stored, which is told then. */
  readonly pause: (id: ScheduleId) => Promise<boolean>;
  /** Takes an edit back in whichever session the notebook is open then, else in what is stored of it. */
  readonly takeBack: (id: NotebookId, inverse: Edit) => void;
}

/** Somebody began to change a notebook that others have run on their behalf, or a job of theirs is to. */
export interface EditQuestion {
  readonly notebookId: NotebookId;
  readonly notebookTitle: string;
  readonly schedules: readonly Schedule[];
  /** The files that a job has changed; null where somebody has changed the notebook by hand. */
  readonly changedPaths: readonly string[] | null;
}

interface OpenQuestion {
  readonly question: EditQuestion;
  readonly session: NotebookSession;
  /** As who it is changed. */
  readonly profileId: ProfileId;
  /** Whether it is to be changed. */
  readonly answer: Deferred<boolean>;
}

const notKept = 'The script ran to its end, but files of the notebook that it changed are not kept';
const asBefore = 'Files and earlier results are as they were.';

/**
 * Asks once a visit, before anything of it is saved, whether a notebook is to be changed that a schedule of somebody else
 * runs: what is written there is run on behalf of that person, be it by hand or by a job.
 */
export class ScheduledEdits {
  readonly #services: ScheduledEditsServices;
  /** Notebooks, with those who have agreed to change them. */
  readonly #agreed = new Set<string>();
  #open = $state.raw<OpenQuestion | null>(null);
  /** What takes back what was done since it was asked, newest last. */
  #inverses: Edit[] = [];

  constructor(services: ScheduledEditsServices) {
    this.#services = services;
  }

  get question(): EditQuestion | null {
    return this.#open?.question ?? null;
  }

  /** The schedules of others that run a notebook now and then: of others than who is active, if nobody else is meant. */
  listForeign(id: NotebookId, profileId = this.#services.getActiveProfileId()): readonly Schedule[] {
    const schedules = this.#services.listSchedules(id);
    return schedules.filter(({ ownerId, paused }) => ownerId !== profileId && !paused);
  }

  /** An edit was made, and nothing of it is saved yet. */
  noteEdit(session: NotebookSession, edit: Edit, inverse: Edit): void {
    if (this.#open) {
      if (this.#open.session === session) this.#inverses.push(inverse);
      return;
    }
    const { id } = session.notebook;
    const profileId = this.#services.getActiveProfileId();
    // A title is not run.
    if (edit.type === 'rename-notebook' || this.#hasAgreed(id, profileId)) return;
    const schedules = this.listForeign(id, profileId);
    if (schedules.length === 0) return;
    this.#ask(session, profileId, { schedules, changedPaths: null });
    this.#inverses.push(inverse);
  }

  /**
   * Whether a job may change files of its notebook, of which nothing is kept yet. Asks where that is to be decided, and
   * waits for the answer; nobody is there to give one for what a schedule runs. Gives why it may not, in sentences; null
   * where it may.
   */
  async askForFiles(
    session: NotebookSession,
    { profile, mode }: RunAs,
    changedPaths: readonly string[],
  ): Promise<string | null> {
    const { id } = session.notebook;
    while (!this.#hasAgreed(id, profile.id)) {
      const schedules = this.listForeign(id, profile.id);
      const titles = schedules.map(({ title }) => `“${title}”`).join(', ');
      if (titles === '') return null;
      if (mode === 'schedule') {
        return `${notKept}: the notebook is run on behalf of somebody else, too (${titles}), and nobody was there to be asked. Run it by hand as ${profile.displayName} and agree, or have one person's schedules run it. ${asBefore}`;
      }
      if (this.#open) await this.#open.answer.promise;
      else if (!(await this.#ask(session, profile.id, { schedules, changedPaths }))) {
        return `${notKept}, as you decided: the notebook is run on behalf of somebody else (${titles}). ${asBefore}`;
      }
    }
    return null;
  }

  /** The notebook is changed, and its schedules run what it is then. */
  goOn(): void {
    const open = this.#close();
    if (!open) return;
    this.#agreed.add(nameAgreement(open.session.notebook.id, open.profileId));
    open.session.goOn();
    open.answer.resolve(true);
  }

  /** The notebook is changed, and its schedules run nothing of it until somebody resumes them. */
  async pause(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    for (const { id } of open.question.schedules) if (!(await this.#services.pause(id))) return;
    if (this.#open === open) this.goOn();
  }

  /** The notebook stays as it was. */
  takeBack(): void {
    const inverses = this.#inverses;
    const open = this.#close();
    if (!open) return;
    const { id } = open.session.notebook;
    for (const inverse of inverses.toReversed()) this.#services.takeBack(id, inverse);
    open.session.goOn();
    open.answer.resolve(false);
  }

  #ask(
    session: NotebookSession,
    profileId: ProfileId,
    asked: Pick<EditQuestion, 'schedules' | 'changedPaths'>,
  ): Promise<boolean> {
    const { id: notebookId, title: notebookTitle } = session.notebook;
    const answer = createDeferred<boolean>();
    this.#open = { question: { notebookId, notebookTitle, ...asked }, session, profileId, answer };
    session.hold();
    return answer.promise;
  }

  #close(): OpenQuestion | null {
    const open = this.#open;
    this.#open = null;
    this.#inverses = [];
    return open;
  }

  #hasAgreed(id: NotebookId, profileId: ProfileId): boolean {
    return this.#agreed.has(nameAgreement(id, profileId));
  }
}

function nameAgreement(id: NotebookId, profileId: ProfileId): string {
  return `${id} ${profileId}`;
}

import type { Edit } from '../model/edits.ts';
import type { NotebookId, ProfileId, ScheduleId } from '../model/ids.ts';
import type { Schedule } from '../model/schedule.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';

export interface ScheduledEditsServices {
  /** The schedules that run a notebook. */
  readonly listSchedules: (id: NotebookId) => readonly Schedule[];
  readonly getActiveProfileId: () => ProfileId;
  readonly pause: (id: ScheduleId) => Promise<void>;
  /** Takes an edit back in whichever session the notebook is open then, else in what is stored of it. */
  readonly takeBack: (id: NotebookId, inverse: Edit) => void;
}

/** Somebody began to change a notebook that others have run on their behalf. */
export interface EditQuestion {
  readonly notebookTitle: string;
  readonly schedules: readonly Schedule[];
}

interface OpenQuestion {
  readonly question: EditQuestion;
  readonly session: NotebookSession;
}

/**
 * Asks once a visit, before anything of it is saved, whether a notebook is to be changed that a schedule of somebody else
 * runs: what is written there is run on behalf of that person.
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

  /** The schedules of others that run a notebook now and then. */
  listForeign(id: NotebookId): readonly Schedule[] {
    const { listSchedules, getActiveProfileId } = this.#services;
    const activeId = getActiveProfileId();
    return listSchedules(id).filter(({ ownerId, paused }) => ownerId !== activeId && !paused);
  }

  /** An edit was made, and nothing of it is saved yet. */
  noteEdit(session: NotebookSession, edit: Edit, inverse: Edit): void {
    if (this.#open) {
      if (this.#open.session === session) this.#inverses.push(inverse);
      return;
    }
    const { id, title } = session.notebook;
    // A title is not run.
    if (edit.type === 'rename-notebook' || this.#agreed.has(this.#nameAgreement(id))) return;
    const schedules = this.listForeign(id);
    if (schedules.length === 0) return;
    session.hold();
    this.#inverses = [inverse];
    this.#open = { question: { notebookTitle: title, schedules }, session };
  }

  /** The notebook is changed, and its schedules run what it is then. */
  goOn(): void {
    const open = this.#close();
    if (!open) return;
    this.#agreed.add(this.#nameAgreement(open.session.notebook.id));
    open.session.goOn();
  }

  /** The notebook is changed, and its schedules run nothing of it until somebody resumes them. */
  async pause(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    for (const { id } of open.question.schedules) await this.#services.pause(id);
    this.goOn();
  }

  /** The notebook stays as it was. */
  takeBack(): void {
    const inverses = this.#inverses;
    const open = this.#close();
    if (!open) return;
    const { id } = open.session.notebook;
    for (const inverse of inverses.toReversed()) this.#services.takeBack(id, inverse);
    open.session.goOn();
  }

  #close(): OpenQuestion | null {
    const open = this.#open;
    this.#open = null;
    this.#inverses = [];
    return open;
  }

  #nameAgreement(id: NotebookId): string {
    return `${id} ${this.#services.getActiveProfileId()}`;
  }
}

import { SvelteMap } from 'svelte/reactivity';
import { LineRunId, ProductionLineId, type NotebookId, type WorkspaceId } from '../model/ids.ts';
import { addRun, describeFailure } from '../model/line-run.ts';
import { createFreeTitle } from '../model/notebook.ts';
import type { LineContent, ProductionLine } from '../model/production-line.ts';
import type { ChangeRecord, Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';
import { OngoingRun, type NotebookRunner } from './OngoingRun.svelte.ts';
import type { People } from './people.ts';
import type { Tabs } from './TabPresence.ts';
import type { TimeService } from './TimeService.ts';

export interface LinesServices {
  readonly storage: Pick<Storage, 'loadProductionLines' | 'changeProductionLine'>;
  readonly notices: Notices;
  readonly time: TimeService;
  readonly tabs: Tabs;
  readonly people: People;
  readonly runner: NotebookRunner;
  /** The titles of the schedules that run a line. */
  readonly listSchedules: (id: ProductionLineId) => readonly string[];
}

/** The production lines of a workspace, and those of them that somebody runs. */
export class ProductionLines {
  readonly #services: LinesServices;
  readonly #workspaceId: WorkspaceId;
  #lines = $state.raw<readonly ProductionLine[]>([]);
  readonly #ongoing = new SvelteMap<ProductionLineId, OngoingRun>();

  constructor(services: LinesServices, workspaceId: WorkspaceId) {
    this.#services = services;
    this.#workspaceId = workspaceId;
  }

  /** By their titles. */
  get lines(): readonly ProductionLine[] {
    return [...this.#lines].sort((one, other) => one.title.localeCompare(other.title));
  }

  /** Reads what is stored, which another tab may have changed; gives a sentence for each that cannot be read. */
  async load(): Promise<readonly string[]> {
    const { values, problems } = await this.#services.storage.loadProductionLines();
    this.#lines = values.filter(({ workspaceId }) => workspaceId === this.#workspaceId);
    // Where another tab has deleted one, nobody wants what it does here any more.
    for (const [id, ongoing] of this.#ongoing) if (!this.find(id)) ongoing.stop();
    return problems;
  }

  find(id: ProductionLineId): ProductionLine | null {
    return this.#lines.find((line) => line.id === id) ?? null;
  }

  /** Those that a notebook is in. */
  listOf(id: NotebookId): readonly ProductionLine[] {
    return this.lines.filter(({ notebookIds }) => notebookIds.includes(id));
  }

  /** The titles that a line cannot have, as others have them; of all where it is a new one. */
  listTakenTitles(id: ProductionLineId | null): string[] {
    return this.#lines.filter((line) => line.id !== id).map(({ title }) => title);
  }

  createFreeTitle(wanted: string): string {
    return createFreeTitle(wanted, this.listTakenTitles(null));
  }

  /** The run of a line that goes on in this tab. */
  getOngoing(id: ProductionLineId): OngoingRun | null {
    return this.#ongoing.get(id) ?? null;
  }

  async add({ title, notebookIds }: LineContent): Promise<void> {
    const now = this.#services.time.now();
    const id = ProductionLineId.create();
    const line = { id, workspaceId: this.#workspaceId, title, notebookIds, runs: [] };
    await this.#change(id, () => ({ ...line, createdAt: now, changedAt: now }));
  }

  async edit(id: ProductionLineId, { title, notebookIds }: LineContent): Promise<void> {
    const changedAt = this.#services.time.now();
    await this.#change(id, (stored) => stored && { ...stored, title, notebookIds, changedAt });
  }

  /** Removes one that no schedule runs, and offers to bring it back. */
  async remove(id: ProductionLineId): Promise<void> {
    const line = this.find(id);
    if (!line || this.#services.listSchedules(id).length > 0) return;
    this.getOngoing(id)?.stop();
    if (!(await this.#change(id, () => null))) return;
    this.#services.notices.offer(`The production line “${line.title}” was deleted.`, {
      label: 'Undo',
      run: () => {
        const title = this.createFreeTitle(line.title);
        void this.#change(id, () => ({ ...line, title }));
      },
    });
  }

  /** Why one of its notebooks may not run, as a sentence; null where all may. Reactive. */
  findDistrust({ notebookIds }: Pick<ProductionLine, 'notebookIds'>): string | null {
    return this.#services.runner.findDistrust(notebookIds);
  }

  /** Runs one as the person that is active. */
  async run(id: ProductionLineId): Promise<void> {
    const line = this.find(id);
    if (!line || this.#ongoing.has(id)) return;
    const { people, runner, time, notices } = this.#services;
    const distrust = this.findDistrust(line);
    if (distrust !== null) {
      notices.refuse(`The production line “${line.title}” was not run. ${distrust}`);
      return;
    }
    const { active } = people;
    const startedAt = time.now();
    const { title, notebookIds } = line;
    const cause = { type: 'production-line', title } as const;
    const runAs = { profile: active, mode: 'production-line' } as const;
    const ongoing = new OngoingRun(notebookIds, runner, { cause, runAs }, startedAt);
    this.#ongoing.set(id, ongoing);
    const end = await ongoing.run();
    this.#ongoing.delete(id);
    const ranAs = active.displayName;
    const run = { ...end, id: LineRunId.create(), dueAt: null, startedAt, endedAt: time.now(), ranAs };
    await this.#change(id, (stored) => stored && { ...stored, runs: addRun(run, stored.runs) });
    if (end.status === 'failed') notices.tell(`The production line “${title}” ${describeFailure(end)}`);
  }

  /** Stores a change and shows what is there then; false where it could not be stored. */
  async #change(id: ProductionLineId, change: ChangeRecord<ProductionLine>): Promise<boolean> {
    const { storage, notices, tabs } = this.#services;
    const changed = await storage.changeProductionLine(id, change);
    if (!changed.isOk) {
      const what = this.find(id)?.title;
      const name = what === undefined ? 'The production line' : `The production line “${what}”`;
      notices.tell(`${name} could not be stored: ${changed.problem.message}. It stays as it was.`);
      return false;
    }
    const others = this.#lines.filter((line) => line.id !== id);
    this.#lines = changed.value ? [...others, changed.value] : others;
    tabs.announce();
    return true;
  }
}

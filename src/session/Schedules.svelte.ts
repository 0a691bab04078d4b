// Longer than most files: the schedules of a workspace, when they are looked at, and what each of their runs goes through.
import { SvelteMap } from 'svelte/reactivity';
import {
  LineRunId,
  ScheduleId,
  type NotebookId,
  type ProductionLineId,
  type ProfileId,
  type WorkspaceId,
} from '../model/ids.ts';
import { describeFailure, type LineRun } from '../model/line-run.ts';
import { createFreeTitle } from '../model/notebook.ts';
import type { Profile } from '../model/profile.ts';
import {
  advanceSchedule,
  askToStop,
  beginByHand,
  createSchedule,
  editSchedule,
  endRun,
  findNextRun,
  nothingMissed,
  pauseSchedule,
  resumeSchedule,
  runsNotebook,
  type RunningMark,
  type Schedule,
  type ScheduleContent,
} from '../model/schedule.ts';
import { logger } from '../shared/logger.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { ChangeRecord, Storage, StorageProblem } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';
import { OngoingRun, type NotebookRunner } from './OngoingRun.svelte.ts';
import type { People } from './people.ts';
import type { ProductionLines } from './ProductionLines.svelte.ts';
import type { LineEnd } from './run-line.ts';
import type { Tabs } from './TabPresence.ts';
import type { TimeService } from './TimeService.ts';

export interface SchedulesServices {
  readonly storage: Pick<Storage, 'loadSchedules' | 'changeSchedule'>;
  readonly notices: Notices;
  readonly time: TimeService;
  readonly tabs: Tabs;
  readonly people: People;
  readonly runner: NotebookRunner;
  readonly lines: ProductionLines;
  /** Told when what other tabs did with schedules and lines is known here. */
  readonly onRefresh: () => void;
}

/**
 * Schedules are looked at when one is due and so often at least, in milliseconds: a timer stands still while the computer
 * sleeps, and the clock may be set.
 */
const longestNap = 30_000;

/** Why one was paused that runs what is not trusted; whether it is trusted since is told where it is shown. */
const distrusted = 'It was switched off, as what it runs came with a file or link that was not trusted.';

/** What a run needs of its schedule. */
interface Prepared {
  readonly owner: Profile;
  readonly notebookIds: readonly NotebookId[];
  readonly lineTitle: string | null;
}

/**
 * The schedules of a workspace. One tab looks at them, and claims what is due in storage before it runs it, so that nothing
 * runs twice. Only what came due while the app was open is run; the rest is kept as missed.
 */
export class Schedules {
  readonly #services: SchedulesServices;
  readonly #workspaceId: WorkspaceId;
  #schedules = $state.raw<readonly Schedule[]>([]);
  readonly #ongoing = new SvelteMap<ScheduleId, OngoingRun>();
  /** Runs of this tab that have ended, which could not be stored yet. */
  readonly #unstored = new SvelteMap<ScheduleId, LineRun>();
  /** Those of this tab, also those that are being recorded. */
  readonly #runIds = new Set<LineRunId>();
  #isShown = $state(false);
  #isLeading = false;
  #openSince: number;
  #callOff: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(services: SchedulesServices, workspaceId: WorkspaceId) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    this.#openSince = services.time.now();
  }

  /** By their titles. */
  get schedules(): readonly Schedule[] {
    return [...this.#schedules].sort((one, other) => one.title.localeCompare(other.title));
  }

  /** Whether the list of them is shown. */
  get isShown(): boolean {
    return this.#isShown;
  }

  show(): void {
    this.#isShown = true;
  }

  hide(): void {
    this.#isShown = false;
  }

  /** Reads what is stored and begins to run what is due, in this tab or when the one that does is closed. */
  async open(): Promise<void> {
    const { tabs, notices, lines } = this.#services;
    for (const problem of [...(await lines.load()), ...(await this.#load())]) notices.tell(problem);
    tabs.onNews(() => void this.refresh());
    tabs.lead(() => {
      this.#isLeading = true;
      void this.check();
    });
  }

  /** Another tab has changed something, or the page was hidden: shows what is there, and runs what is due. */
  async refresh(): Promise<void> {
    try {
      await this.#services.lines.load();
      await this.#load();
    } catch (error) {
      logger.warn('The schedules cannot be read: those known last hold', error);
    }
    this.#services.onRefresh();
    await this.check();
  }

  async #load(): Promise<readonly string[]> {
    const { values, problems } = await this.#services.storage.loadSchedules();
    this.#schedules = values.filter(({ workspaceId }) => workspaceId === this.#workspaceId);
    for (const [id, ongoing] of this.#ongoing) {
      const schedule = this.find(id);
      // Where another tab has deleted one, nobody wants what it does here any more.
      if (!schedule || schedule.running?.isStopAsked) ongoing.stop();
    }
    return problems;
  }

  find(id: ScheduleId): Schedule | null {
    return this.#schedules.find((schedule) => schedule.id === id) ?? null;
  }

  /** Those that run a notebook, by itself or in a production line. */
  listOf(id: NotebookId): readonly Schedule[] {
    const { lines } = this.#services;
    return this.schedules.filter((schedule) => runsNotebook(schedule, id, (lineId) => lines.find(lineId)));
  }

  /** Those that run a production line. */
  listOfLine(id: ProductionLineId): readonly Schedule[] {
    return this.schedules.filter(({ target }) => target.type === 'production-line' && target.lineId === id);
  }

  /** The titles of those that run as a profile. */
  listOwned(id: ProfileId): readonly string[] {
    return this.schedules.filter(({ ownerId }) => ownerId === id).map(({ title }) => title);
  }

  /** The titles that a schedule cannot have, as others have them; of all where it is a new one. */
  listTakenTitles(id: ScheduleId | null): string[] {
    return this.#schedules.filter((schedule) => schedule.id !== id).map(({ title }) => title);
  }

  createFreeTitle(wanted: string): string {
    return createFreeTitle(wanted, this.listTakenTitles(null));
  }

  /** When it runs next; null while it is paused. */
  findNext(schedule: Schedule): number | null {
    return findNextRun(schedule, this.#services.time.getOffset);
  }

  /** The run of a schedule that goes on in this tab. */
  getOngoing(id: ScheduleId): OngoingRun | null {
    return this.#ongoing.get(id) ?? null;
  }

  /** The run of a schedule that has ended in this tab, where that could not be stored yet. */
  getUnstored(id: ScheduleId): LineRun | null {
    return this.#unstored.get(id) ?? null;
  }

  /** Why one of the notebooks that it runs may not run, as a sentence; null where all may. Reactive. */
  findDistrust({ target }: Pick<Schedule, 'target'>): string | null {
    const { lines, runner } = this.#services;
    const notebookIds =
      target.type === 'notebook' ? [target.notebookId] : (lines.find(target.lineId)?.notebookIds ?? []);
    return runner.findDistrust(notebookIds);
  }

  /** Those whose runs here wait for a notebook. */
  listWaitingFor(id: NotebookId): readonly Schedule[] {
    return this.schedules.filter((schedule) => {
      const ongoing = this.getOngoing(schedule.id);
      return ongoing?.isWaiting === true && ongoing.notebookId === id;
    });
  }

  /** Adds one that runs as the person that is active now. */
  async add(content: ScheduleContent): Promise<void> {
    const { people, time } = this.#services;
    const id = ScheduleId.create();
    const parts = { id, workspaceId: this.#workspaceId, ownerId: people.active.id };
    await this.#change(id, () => createSchedule(content, parts, time.now()));
    await this.check();
  }

  async edit(id: ScheduleId, content: ScheduleContent): Promise<void> {
    const now = this.#services.time.now();
    await this.#change(id, (stored) => stored && editSchedule(stored, content, now));
    await this.check();
  }

  /** False where that could not be stored, which is told then. */
  async pause(id: ScheduleId): Promise<boolean> {
    const isStored = await this.#change(id, (stored) => stored && pauseSchedule(stored));
    await this.check();
    return isStored;
  }

  async resume(id: ScheduleId): Promise<void> {
    if (this.#refuse(id, 'was not switched on')) return;
    const now = this.#services.time.now();
    await this.#change(id, (stored) => stored && resumeSchedule(stored, now));
    await this.check();
  }

  /** Somebody has seen what was missed. */
  async dismissMissed(id: ScheduleId): Promise<void> {
    await this.#change(id, (stored) => stored && { ...stored, missed: nothingMissed });
  }

  /** Removes one, which stops its run, and offers to bring it back. */
  async remove(id: ScheduleId): Promise<void> {
    const schedule = this.find(id);
    if (!schedule) return;
    this.getOngoing(id)?.stop();
    if (!(await this.#change(id, () => null))) return;
    const { notices, time } = this.#services;
    notices.settle(id);
    notices.offer(`The schedule “${schedule.title}” was deleted.`, {
      label: 'Undo',
      run: () => {
        const coveredUntil = Math.max(schedule.coveredUntil, time.now());
        const title = this.createFreeTitle(schedule.title);
        const restored = { ...schedule, title, coveredUntil, running: null };
        void this.#change(id, () => restored).then(() => this.check());
      },
    });
  }

  /** Runs one now, as its owner, in this tab. */
  async runNow(id: ScheduleId): Promise<void> {
    if (this.#refuse(id, 'was not run')) return;
    const mark = this.#createMark();
    const now = this.#services.time.now();
    await this.#claim(id, mark.runId, (stored) => beginByHand(stored, mark, now) ?? stored);
  }

  /** Stops its run. Another tab is asked to do so where it runs there; one that is gone has stopped it. */
  async stop(id: ScheduleId): Promise<void> {
    const ongoing = this.getOngoing(id);
    ongoing?.stop();
    if (ongoing) return;
    await this.#giveUpLostRun(id);
    const runId = this.find(id)?.running?.runId;
    if (runId && !this.#runIds.has(runId))
      await this.#change(id, (stored) => stored && askToStop(stored, runId));
  }

  /** Looks at all of them, and runs what is due. Settles when what is due has begun; never rejects. */
  check(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#lookAtAll())
      .catch((error: unknown) => {
        logger.error('schedules could not be looked at', error);
      })
      .finally(() => {
        this.#planWake();
      });
    return this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    const { time } = this.#services;
    // A clock that was set back does not make what comes due seem to be of before.
    this.#openSince = Math.min(this.#openSince, time.now());
    for (const [id, run] of this.#unstored) await this.#storeEnd(id, run);
    if (!this.#isLeading) return;
    for (const { id } of this.#schedules) await this.#look(id);
  }

  #planWake(): void {
    const { time } = this.#services;
    this.#callOff();
    const active = this.#isLeading ? this.#schedules.filter(({ paused }) => !paused) : [];
    if (active.length === 0 && this.#unstored.size === 0) return;
    const now = time.now();
    const next = Math.min(...active.map((schedule) => this.findNext(schedule) ?? Infinity));
    this.#callOff = time.wakeAfter(Math.min(Math.max(0, next - now), longestNap), () => void this.check());
  }

  async #look(id: ScheduleId): Promise<void> {
    const { people } = this.#services;
    await this.#giveUpLostRun(id);
    const schedule = this.find(id);
    if (!schedule || schedule.paused) return;
    if (!people.find(schedule.ownerId)) await people.refresh();
    if (!people.find(schedule.ownerId)) {
      const reason = 'The profile that it runs as is not there any more. Delete it and make another one.';
      await this.#change(id, (stored) => stored && pauseSchedule(stored, reason));
      return;
    }
    if (this.findDistrust(schedule) !== null) {
      await this.#change(id, (stored) => stored && pauseSchedule(stored, distrusted));
      return;
    }
    const mark = this.#createMark();
    const look = (found: Schedule): Schedule => {
      const { now, getOffset } = this.#services.time;
      return advanceSchedule(found, { now: now(), openSince: this.#openSince, mark, getOffset });
    };
    if (look(schedule) === schedule) return;
    await this.#claim(id, mark.runId, look);
  }

  /** Says why one does not do what it was to, where a notebook that it runs is not trusted; whether that is so. */
  #refuse(id: ScheduleId, what: string): boolean {
    const schedule = this.find(id);
    const distrust = schedule && this.findDistrust(schedule);
    if (schedule && distrust !== null) {
      this.#services.notices.refuse(`The schedule “${schedule.title}” ${what}. ${distrust}`);
    }
    return distrust !== null;
  }

  #createMark(): Pick<RunningMark, 'runId' | 'tabId'> {
    return { runId: LineRunId.create(), tabId: this.#services.tabs.tabId };
  }

  /** A run whose tab is gone never ends: what is stored of its notebooks is all that it did. */
  async #giveUpLostRun(id: ScheduleId): Promise<void> {
    const { tabs, time, people } = this.#services;
    const schedule = this.find(id);
    const running = schedule?.running;
    if (!running || this.#runIds.has(running.runId)) return;
    const isOwn = running.tabId === tabs.tabId;
    if (!isOwn && (await tabs.isOpen(running.tabId, running.startedAt))) return;
    const run: LineRun = {
      id: running.runId,
      dueAt: running.dueAt,
      startedAt: running.startedAt,
      endedAt: time.now(),
      status: 'stopped',
      reason: isOwn ? 'It broke off.' : 'The tab that it ran in was closed.',
      steps: [],
      ranAs: people.find(schedule.ownerId)?.displayName ?? '',
    };
    await this.#change(id, (stored) => (stored?.running?.runId === run.id ? endRun(stored, run) : stored));
  }

  /** Changes a schedule, and runs it where that marks it for this run: another tab may have been faster. */
  async #claim(id: ScheduleId, runId: LineRunId, change: (stored: Schedule) => Schedule): Promise<void> {
    // From before it is marked: else it would look like a run that was lost.
    this.#runIds.add(runId);
    await this.#change(id, (stored) => stored && change(stored));
    const schedule = this.find(id);
    if (schedule?.running?.runId === runId) {
      this.#run(schedule, schedule.running).catch((error: unknown) => {
        logger.error('the run of a schedule broke off', error);
        this.#runIds.delete(runId);
      });
    } else this.#runIds.delete(runId);
  }

  async #run(schedule: Schedule, { runId, dueAt, startedAt }: RunningMark): Promise<void> {
    const { people, time } = this.#services;
    const end = await this.#runTarget(schedule, startedAt);
    const run: LineRun = {
      ...end,
      id: runId,
      dueAt,
      startedAt,
      endedAt: time.now(),
      ranAs: people.find(schedule.ownerId)?.displayName ?? '',
    };
    if (!(await this.#storeEnd(schedule.id, run))) {
      this.#services.notices.tell(
        `How the schedule “${schedule.title}” ran could not be stored. Make room: it is tried again while this tab is open.`,
      );
      this.#planWake();
    }
    this.#ongoing.delete(schedule.id);
    this.#tellEnd(schedule, run);
  }

  /** Stores how a run ended; false where it could not, and is to be tried again. */
  async #storeEnd(id: ScheduleId, run: LineRun): Promise<boolean> {
    const changed = await this.#store(id, (stored) => stored && endRun(stored, run));
    if (!changed.isOk) {
      this.#unstored.set(id, run);
      return false;
    }
    this.#unstored.delete(id);
    this.#runIds.delete(run.id);
    return true;
  }

  async #runTarget(schedule: Schedule, startedAt: number): Promise<LineEnd> {
    const prepared = this.#prepare(schedule);
    if (!prepared.isOk) return { status: 'failed', reason: prepared.problem, steps: [] };
    const { owner, notebookIds, lineTitle } = prepared.value;
    const cause = {
      type: 'schedule',
      title: schedule.title,
      ownerName: owner.displayName,
      ...(lineTitle !== null && { lineTitle }),
    } as const;
    const order = { cause, runAs: { profile: owner, mode: 'schedule' } } as const;
    const ongoing = new OngoingRun(notebookIds, this.#services.runner, order, startedAt);
    this.#ongoing.set(schedule.id, ongoing);
    return await ongoing.run();
  }

  #prepare({ target, ownerId }: Schedule): Result<Prepared, string> {
    const { people, lines } = this.#services;
    const owner = people.find(ownerId);
    if (!owner) return fail('The profile that it runs as is not there any more.');
    if (target.type === 'notebook') {
      return succeed({ owner, notebookIds: [target.notebookId], lineTitle: null });
    }
    const line = lines.find(target.lineId);
    return line
      ? succeed({ owner, notebookIds: line.notebookIds, lineTitle: line.title })
      : fail('The production line that it runs is not there any more. Edit the schedule.');
  }

  /** A failure stays until it is read, or until the schedule runs well. */
  #tellEnd({ id, title }: Schedule, run: LineRun): void {
    const { notices } = this.#services;
    if (run.status === 'failed') {
      notices.tellUntilSettled(id, `The schedule “${title}” ${describeFailure(run)}`, {
        label: 'Show schedules',
        run: () => {
          this.show();
        },
      });
    } else notices.settle(id);
  }

  /** Stores a change and shows what is there then; false where it could not be stored, which is told. */
  async #change(id: ScheduleId, change: ChangeRecord<Schedule>): Promise<boolean> {
    const changed = await this.#store(id, change);
    if (changed.isOk) return true;
    const title = this.find(id)?.title;
    const name = title === undefined ? 'The schedule' : `The schedule “${title}”`;
    this.#services.notices.tell(
      `${name} could not be stored: ${changed.problem.message}. It stays as it was.`,
    );
    return false;
  }

  async #store(
    id: ScheduleId,
    change: ChangeRecord<Schedule>,
  ): Promise<Result<Schedule | null, StorageProblem>> {
    const changed = await this.#services.storage.changeSchedule(id, change);
    if (!changed.isOk) return changed;
    const others = this.#schedules.filter((schedule) => schedule.id !== id);
    this.#schedules = changed.value ? [...others, changed.value] : others;
    this.#services.tabs.announce();
    return changed;
  }
}

// Longer than most files: each door from what came with a file to Python, to hosts and to what is stored.
import { describe, expect, it, vi } from 'vitest';
import { createStatement } from '../model/create-cell.ts';
import { ImportId, NotebookId, ProfileId } from '../model/ids.ts';
import type { DescribeDistrust, ImportedFile } from '../model/imported-file.ts';
import { noModels } from '../model/model-configuration.ts';
import { rollBack } from '../model/model-edits.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildImport } from '../model/testing/build-import.ts';
import {
  buildGroup,
  buildLoadingCell,
  buildModel,
  buildModelCell,
  buildVersion,
} from '../model/testing/build-models.ts';
import { buildLine, buildSchedule } from '../model/testing/build-schedules.ts';
import {
  buildCell,
  buildConnection,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildScriptlet,
  buildSession,
} from '../model/testing/builders.ts';
import { succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { FakeKernel } from '../kernel/FakeKernel.ts';
import { findCellOf, openSession, type OpenSession } from './testing/open-session.ts';
import { awaitJob, endDone, openTab, type OpenTab } from './testing/open-tab.ts';
import { settle, TestTabs, TestTime } from './testing/time.ts';

const reason = 'came with “lesson.cahier”, which is not trusted yet. Trust that file first';

/** A session of a notebook that came with a file, as long as `isTrusted` is not set. */
function openImported(notebook: Partial<Notebook>): OpenSession & { trust: (isTrusted: boolean) => void } {
  let isTrusted = false;
  const describeDistrust: DescribeDistrust = () => (isTrusted ? null : reason);
  const opened = openSession(
    buildNotebook([], { importId: ImportId.from('lesson'), ...notebook }),
    undefined,
    undefined,
    undefined,
    describeDistrust,
  );
  return {
    ...opened,
    trust: (next) => {
      isTrusted = next;
      opened.session.noteTrust();
    },
  };
}

const statement = createStatement('state');
const everything: Partial<Notebook> = {
  requirements: 'tablib==3.9.0',
  cells: [
    buildCell('make', { source: 'import numpy' }),
    buildScriptlet('take', [buildInput('in')], ['out']),
    { ...statement, configuration: { ...statement.configuration, cycles: { type: 'times', count: 3 } } },
  ],
  connections: [buildConnection('make.output', 'take.in')],
};

describe('a notebook that came with a file that is not trusted', () => {
  it('comes to no Python, to no host and to no storage by any door', async () => {
    const opened = openImported(everything);
    const { session, kernel, notices } = opened;
    const { id: make } = findCellOf(session, 'make');
    const refusals: (string | null)[] = [];
    const attempt = async (act: () => unknown): Promise<void> => {
      await act();
      await settle();
      refusals.push(notices.list.at(-1)?.text ?? null);
      notices.settleRefusal();
    };
    await attempt(() => session.run({ type: 'one', cellId: make }));
    await attempt(() => session.run({ type: 'from', cellId: make }));
    await attempt(() => session.run({ type: 'all' }));
    await attempt(() => session.run({ type: 'stale' }));
    await attempt(() => {
      session.runCell(findCellOf(session, 'take').id);
    });
    await attempt(() => {
      session.runCell(statement.id);
    });
    await attempt(() => session.run({ type: 'all' }, { runAs: { profile, mode: 'schedule' } }));
    const mayNotRun = `Nothing of this notebook runs: it ${reason}.`;
    expect(refusals.splice(0)).toEqual(Array<string>(7).fill(mayNotRun));
    const { signal } = new AbortController();
    const order = {
      cause: { type: 'production-line', title: 'Monthly' },
      runAs: { profile, mode: 'production-line' },
      signal,
      onBegin: () => undefined,
    } as const;
    expect(await session.ordered.run(order)).toEqual({
      sessionId: null,
      status: 'failed',
      reason: mayNotRun,
    });

    // Python is no further from it: none was started, so none answers or is started anew.
    session.restartPython();
    session.stopAll();
    session.answerInput(make, 'yes');
    expect(await session.checkStatement('import os')).toBeNull();
    expect(session.kernelState).toEqual({ status: 'off' });
    expect(session.findAsker(kernel.kernelId)).toBeNull();

    // Nor is a host asked.
    await expect(session.results.fetchRemote('https://a.example/i.png')).rejects.toThrow(
      `No other host is asked: the notebook ${reason}.`,
    );
    expect(await session.imports.importUrl(make, 'https://a.example/x.csv')).toBe(
      `The file could not be fetched: No other host is asked: the notebook ${reason}.`,
    );
    expect(session.results.createPreviewReader(make).isTrusted).toBe(false);
    expect(session.results.createJobReader(buildJob(findCellOf(session, 'make'), 1)).previews.isTrusted).toBe(
      false,
    );

    // And nothing of it changes.
    const before = session.notebook;
    await attempt(() => session.editor.edit({ type: 'set-source', cellId: make, source: 'other' }));
    await attempt(() => {
      session.packages.setRequirements('');
    });
    await attempt(() => {
      session.checkpoints.set(statement.id, 'id', null);
    });
    await attempt(() => {
      session.editor.undo();
    });
    const mayNotChange = `This notebook can only be read: it ${reason}.`;
    expect(refusals).toEqual(Array<string>(4).fill(mayNotChange));
    expect(await session.restore(buildSession(1))).toBe(mayNotChange);
    expect(session.notebook).toBe(before);
    session.dispose();
    expect([opened.starts, kernel.asked, opened.fetched, opened.authorized, opened.saved]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  it('runs as any other once the file is trusted, with its packages', async () => {
    const { session, kernel, starts, trust } = openImported({ cells: [buildCell('make')] });
    trust(true);
    expect(starts).toEqual([[]]);
    expect([session.kernelState.status, session.isReadOnly]).toEqual(['ready', false]);
    expect(session.run({ type: 'all' })).toBe(true);
    await settle();
    expect(kernel.asked).toEqual(['run make']);
    session.dispose();
  });

  it('is stopped, and its Python ended, when the file is trusted no more', async () => {
    const { session, kernel, trust, notices } = openImported({ cells: [buildCell('one'), buildCell('two')] });
    trust(true);
    session.run({ type: 'all' });
    await settle();
    trust(false);
    await settle();
    expect(kernel.asked).toEqual(['run one', 'dispose']);
    expect(session.isBusy).toBe(false);
    expect(session.getRun(findCellOf(session, 'one').id).lastJob?.outcome).toEqual({
      status: 'stopped',
      level: 'hard',
    });
    expect(session.getRun(findCellOf(session, 'two').id).skipReason).toBe(
      'Not run: the notebook is not trusted any more.',
    );
    expect([session.kernelState, session.isReadOnly]).toEqual([{ status: 'off' }, true]);
    session.run({ type: 'all' });
    expect(notices.list.at(-1)?.text).toBe(`Nothing of this notebook runs: it ${reason}.`);
    expect(kernel.asked).toEqual(['run one', 'dispose']);
  });
});

it('a notebook loses its Python when another tab has stored one from a file in its place', () => {
  const { session, kernel } = openSession(
    buildNotebook(['one']),
    undefined,
    undefined,
    undefined,
    ({ importId }) => (importId === undefined ? null : reason),
  );
  expect([session.isTrusted, kernel.asked]).toEqual([true, []]);
  const imported = { ...session.notebook, importId: ImportId.from('lesson') };
  session.follow(imported, { jobs: [], checkpoints: [], wheels: new Map() });
  expect([session.isTrusted, session.isReadOnly, kernel.asked]).toEqual([false, true, ['dispose']]);
});

const profile = {
  id: ProfileId.from('ada'),
  workspaceId: buildNotebook([]).workspaceId,
  username: 'ada',
  displayName: 'Ada',
  createdAt: 1,
  changedAt: 1,
};

interface Imported extends OpenTab {
  readonly storage: MemoryStorage;
  readonly time: TestTime;
  readonly file: ImportedFile;
  /** The notebook that came with the file, and one that was made here and is shown. */
  readonly came: NotebookId;
  readonly own: NotebookId;
}

/** A tab after a file was imported with the notebook “Came”, beside the notebook “Own”. */
async function openAfterImport(): Promise<Imported> {
  const [storage, time] = [new MemoryStorage(), new TestTime(60_000)];
  const workspaceId = await storage.openWorkspace();
  const file = buildImport('lesson', { workspaceId });
  await storage.changeImport(file.id, () => file);
  const own = buildNotebook(['own'], { workspaceId, title: 'Own' });
  const came = {
    ...buildNotebook(['came'], { workspaceId, title: 'Came', importId: file.id }),
    createdAt: 2_000,
  };
  const cameId = NotebookId.from('came');
  await storage.saveNotebook(own);
  await storage.saveNotebook({ ...came, id: cameId });
  const tab = await openTab(storage, time, new TestTabs());
  return { ...tab, storage, time, file, came: cameId, own: own.id };
}

function listAsked(kernels: readonly FakeKernel[]): string[] {
  return kernels.flatMap(({ asked }) => asked);
}

describe('of a workspace', () => {
  it('the notebooks that came with one file are trusted together, and by nothing else', async () => {
    const { workspace, kernels, came, own, file } = await openAfterImport();
    await workspace.openNotebook(came);
    expect([workspace.session?.isTrusted, workspace.session?.kernelState]).toEqual([
      false,
      { status: 'off' },
    ]);
    // A copy is as little to be trusted, and so is what comes back from the trash.
    await workspace.duplicateNotebook(came);
    expect([workspace.session?.notebook.title, workspace.session?.isTrusted]).toEqual(['Came copy', false]);
    const copy = workspace.session?.notebook.id ?? came;
    await workspace.deleteNotebook(copy);
    expect(workspace.trash.map(({ title }) => title)).toEqual(['Came copy']);
    await workspace.restoreNotebook(copy);
    expect([workspace.session?.notebook.title, workspace.session?.isTrusted]).toEqual(['Came copy', false]);
    // None but those of the notebook that was made here, which was shown twice.
    expect(kernels).toHaveLength(2);
    await workspace.trust.trust(file.id);
    expect([workspace.session?.isTrusted, kernels.length]).toEqual([true, 3]);
    await workspace.openNotebook(came);
    expect(workspace.session?.isTrusted).toBe(true);
    await workspace.openNotebook(own);
    expect(workspace.session?.isTrusted).toBe(true);
  });

  it('a notebook is not trusted whose import is unknown, of another workspace, or cannot be read', async () => {
    const { workspace, storage, file } = await openAfterImport();
    const stranger = buildImport('stranger', { isTrusted: true });
    await storage.changeImport(stranger.id, () => stranger);
    await workspace.trust.refresh();
    const { trust } = workspace;
    expect(trust.isTrusted({})).toBe(true);
    expect(trust.describeDistrust({ importId: file.id })).toBe(reason);
    for (const importId of ['', 'gone', 'stranger'].map(ImportId.from)) {
      expect([trust.isTrusted({ importId }), trust.describeDistrust({ importId })]).toEqual([
        false,
        'came with a file or link of which nothing is known any more, so it cannot be trusted. Open that again',
      ]);
    }
    storage.loadImports = () => Promise.reject(new Error('gone'));
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await trust.trust(file.id);
    expect(trust.isTrusted({ importId: file.id })).toBe(true);
    await trust.refresh();
    expect(trust.isTrusted({ importId: file.id })).toBe(false);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('a notebook that another tab has imported since is known by its file once it is opened', async () => {
    const { workspace, storage } = await openAfterImport();
    const workspaceId = await storage.openWorkspace();
    const later = buildImport('later', { workspaceId });
    await storage.changeImport(later.id, () => later);
    const id = NotebookId.from('later');
    await storage.saveNotebook({ ...buildNotebook([], { workspaceId, importId: later.id }), id });
    expect(workspace.trust.find({ importId: later.id })).toBeNull();
    await workspace.openNotebook(id);
    expect([workspace.session?.notebook.id, workspace.trust.find({ importId: later.id })]).toEqual([
      id,
      later,
    ]);
  });

  it('nothing is trusted that could not be stored as such, and that is told', async () => {
    const { workspace, storage, file, notices } = await openAfterImport();
    storage.changeImport = () =>
      Promise.resolve({ isOk: false, problem: { kind: 'failed', message: 'the disk is broken' } });
    expect(await workspace.trust.trust(file.id)).toBe(false);
    expect(workspace.trust.isTrusted({ importId: file.id })).toBe(false);
    expect(notices.list.map(({ text }) => text)).toEqual([
      'What you decided on “lesson.cahier” could not be stored: the disk is broken. It stays as it was.',
    ]);
  });

  it('a notebook that came with a file keeps its title as long as that is not trusted', async () => {
    const { workspace, came, notices } = await openAfterImport();
    workspace.renameNotebook(came, 'Mine');
    await settle();
    expect([workspace.findTitle(came), notices.list.at(-1)?.text]).toEqual([
      'Came',
      `“Came” can only be read: it ${reason}.`,
    ]);
  });

  it('a production line runs none of its notebooks while one of them is not trusted', async () => {
    const { workspace, kernels, came, own, notices, file, ...tab } = await openAfterImport();
    await workspace.lines.add({ title: 'Monthly', notebookIds: [own, came] });
    const [line] = workspace.lines.lines;
    if (!line) throw new Error('there is no line');
    await workspace.lines.run(line.id);
    expect(notices.list.map(({ text }) => text)).toEqual([
      `The production line “Monthly” was not run. “Came” ${reason}.`,
    ]);
    expect([listAsked(kernels), workspace.lines.find(line.id)?.runs]).toEqual([[], []]);
    await workspace.trust.trust(file.id);
    void workspace.lines.run(line.id);
    const titles: (string | undefined)[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const kernel = await awaitJob({ ...tab, workspace, kernels, notices });
      titles.push(kernel.request?.title);
      await endDone(kernel);
    }
    expect(titles).toEqual(['own', 'came']);
  });

  it('a schedule is neither switched on nor run while a notebook of it is not trusted', async () => {
    const { workspace, schedules, storage, kernels, came, own, notices, time } = await openAfterImport();
    const workspaceId = await storage.openWorkspace();
    const line = { ...buildLine('Monthly', []), workspaceId, notebookIds: [own, came] };
    await storage.changeProductionLine(line.id, () => line);
    const ownerId = workspace.profiles.active.id;
    const paused = { reason: null };
    const ofLine = buildSchedule('Of a line', {
      workspaceId,
      ownerId,
      paused,
      target: { type: 'production-line', lineId: line.id },
    });
    const off = buildSchedule('Off', {
      workspaceId,
      ownerId,
      paused,
      target: { type: 'notebook', notebookId: came },
    });
    // As a file could have it that was not read as it should be.
    const on = buildSchedule('On', { workspaceId, ownerId, target: { type: 'notebook', notebookId: came } });
    for (const schedule of [ofLine, off, on]) await storage.changeSchedule(schedule.id, () => schedule);
    await schedules.refresh();
    const told: (string | undefined)[] = [];
    for (const { id } of [ofLine, off]) {
      await schedules.resume(id);
      told.push(notices.list.at(-1)?.text);
      await schedules.runNow(id);
      told.push(notices.list.at(-1)?.text);
    }
    expect(told).toEqual([
      `The schedule “Of a line” was not switched on. “Came” ${reason}.`,
      `The schedule “Of a line” was not run. “Came” ${reason}.`,
      `The schedule “Off” was not switched on. “Came” ${reason}.`,
      `The schedule “Off” was not run. “Came” ${reason}.`,
    ]);
    await time.pass(3_600_000);
    expect(schedules.schedules.map(({ title, paused: pause, runs }) => [title, pause, runs])).toEqual([
      ['Of a line', { reason: null }, []],
      ['Off', { reason: null }, []],
      [
        'On',
        { reason: 'It was switched off, as what it runs came with a file or link that was not trusted.' },
        [],
      ],
    ]);
    expect(listAsked(kernels)).toEqual([]);
  });

  it('schedules stay switched off once the file is trusted, and can be switched on then', async () => {
    const { workspace, schedules, came, file } = await openAfterImport();
    const target = { type: 'notebook', notebookId: came } as const;
    await schedules.add({ title: 'Nightly', target, rhythm: { type: 'interval', minutes: 10 } });
    const isPaused = (): boolean => schedules.schedules[0]?.paused !== null;
    expect(isPaused()).toBe(true);
    await workspace.trust.trust(file.id);
    await settle();
    expect(isPaused()).toBe(true);
    await schedules.resume(schedules.schedules[0]?.id ?? buildSchedule('none').id);
    expect(isPaused()).toBe(false);
  });
});

describe('a version of a model that came with a file', () => {
  const came = { importId: ImportId.from('lesson') };
  const known = {
    models: [buildModel('iris', { lastNumber: 2 })],
    versions: [buildVersion('iris', 1), buildVersion('iris', 2, came)],
    groups: [buildGroup('plants', ['iris'])],
  };

  /** Runs a cell, and gives which versions Python was given, or why it was given none, and which pickles were read. */
  async function load(cell: ReturnType<typeof buildCell>): Promise<unknown> {
    const storage = new MemoryStorage();
    await storage.changeModels(() => succeed(known));
    const read: string[] = [];
    storage.readBlob = (hash) => {
      read.push(hash);
      return Promise.resolve(new Blob(['pickle']));
    };
    const { session, kernel } = openSession(
      buildNotebook([], { cells: [cell] }),
      undefined,
      undefined,
      storage,
      ({ importId }) => (importId ? reason : null),
    );
    session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(kernel.isRunning || !session.isBusy).toBe(true);
    });
    const { request } = kernel;
    if (request?.kind === 'data-generator') {
      return [request.models.map(({ name, number }) => `${name} ${number}`), read];
    }
    const outcome = session.getRun(cell.id).lastJob?.outcome;
    return [outcome?.status === 'failed' ? outcome.error.message : outcome, read];
  }

  it('is neither read nor loaded by a cell that names it, or loads the newest, or its group', async () => {
    const refusal = `Version 2 of the model “iris” ${reason}, or load another version.`;
    expect(await load(buildLoadingCell('by number', 'iris', 2))).toEqual([
      `“Load One or More Models”, row 1: ${refusal}`,
      [],
    ]);
    expect(await load(buildLoadingCell('newest', 'iris'))).toEqual([
      `“Load One or More Models”, row 1: ${refusal}`,
      [],
    ]);
    expect(await load(buildModelCell('group', { loadGroups: ['plants'] }))).toEqual([
      `“Load One or More Model Groups”, row 1: ${refusal}`,
      [],
    ]);
  });

  it('keeps no other version from being loaded', async () => {
    const pickle = [buildHash('1')];
    expect(await load(buildLoadingCell('older', 'iris', 1))).toEqual([['iris 1'], pickle]);
    const models = { ...noModels, load: [{ name: 'iris', version: 1 }], loadGroups: ['plants'] };
    expect(await load(buildModelCell('its own row', models))).toEqual([['iris 1'], pickle]);
  });

  it('is as little trusted when it is made the newest again', () => {
    const later = { ...known, versions: [...known.versions, buildVersion('iris', 3)] };
    const edit = rollBack(later, buildVersion('iris', 2), { now: 1, profile: null });
    expect(edit.isOk && edit.value.versions).toMatchObject([{ number: 4, importId: came.importId }]);
  });
});

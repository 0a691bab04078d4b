import { describe, expect, it } from 'vitest';
import type { NotebookId } from '../model/ids.ts';
import type { ProductionLine } from '../model/production-line.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { ProductionLines } from './ProductionLines.svelte.ts';
import {
  addNotebook,
  awaitJob,
  describeToken,
  endDone,
  endFailed,
  openTab,
  type OpenTab,
} from './testing/open-tab.ts';
import { settle, TestTabs, TestTime } from './testing/time.ts';

interface Setup extends OpenTab {
  readonly storage: MemoryStorage;
  readonly time: TestTime;
  readonly lines: ProductionLines;
  readonly one: NotebookId;
  readonly two: NotebookId;
  readonly addLine: (title: string, notebookIds: readonly NotebookId[]) => Promise<ProductionLine>;
}

async function setup(): Promise<Setup> {
  const [storage, time] = [new MemoryStorage(), new TestTime(60_000)];
  const tab = await openTab(storage, time, new TestTabs());
  const { profiles, lines } = tab.workspace;
  await profiles.change(profiles.active.id, { username: 'ada', displayName: 'Ada' });
  const { id: one } = await addNotebook(tab.workspace, 'One');
  const { id: two } = await addNotebook(tab.workspace, 'Two');
  await tab.workspace.createNotebook('Shown');
  const addLine = async (title: string, notebookIds: readonly NotebookId[]): Promise<ProductionLine> => {
    await lines.add({ title, notebookIds });
    const line = lines.lines.find((each) => each.title === title);
    if (!line) throw new Error('there is no line');
    return line;
  };
  return { ...tab, storage, time, lines, one, two, addLine };
}

describe('a production line', () => {
  it('runs its notebooks one after another as the person that is active', async () => {
    const { lines, addLine, one, two, storage, ...tab } = await setup();
    const { id } = await addLine('Monthly', [one, two, one]);
    void lines.run(id);
    const told: string[] = [];
    for (let notebook = 0; notebook < 3; notebook += 1) {
      const kernel = await awaitJob(tab);
      const ongoing = lines.getOngoing(id);
      told.push(
        `${kernel.request?.title} as ${await describeToken(kernel)}, ${ongoing?.title} ${ongoing?.position} of ${ongoing?.total}`,
      );
      await endDone(kernel);
    }
    expect(told).toEqual([
      'cell of One as ada by production-line, One 1 of 3',
      'cell of Two as ada by production-line, Two 2 of 3',
      'cell of One as ada by production-line, One 3 of 3',
    ]);
    expect(lines.getOngoing(id)).toBeNull();
    expect(tab.workspace.session?.notebook.title).toBe('Shown');
    expect(lines.find(id)?.runs).toMatchObject([{ status: 'done', dueAt: null, ranAs: 'Ada', reason: null }]);
    const [session] = (await storage.loadSessions(two)).values;
    expect(session?.cause).toEqual({ type: 'production-line', title: 'Monthly' });
  });

  it('ends with a notebook that fails, and says what was not run', async () => {
    const { lines, addLine, one, two, ...tab } = await setup();
    const { id } = await addLine('Monthly', [one, two]);
    void lines.run(id);
    await endFailed(await awaitJob(tab), 'no data');
    expect(
      lines.find(id)?.runs[0]?.steps.map(({ title, status, reason }) => [title, status, reason]),
    ).toEqual([
      ['One', 'failed', '“cell of One” failed: no data'],
      ['Two', 'not-run', 'Not run: “One” before it was not done.'],
    ]);
    expect(tab.notices.list.map(({ text }) => text)).toEqual([
      'The production line “Monthly” failed in “One”. “cell of One” failed: no data',
    ]);
  });

  it('is run by a schedule as the owner of that, whoever is active', async () => {
    const { lines, addLine, one, two, time, storage, ...tab } = await setup();
    const line = await addLine('Monthly', [one, two]);
    const target = { type: 'production-line', lineId: line.id } as const;
    await tab.schedules.add({ title: 'Nightly', target, rhythm: { type: 'interval', minutes: 5 } });
    await tab.workspace.profiles.add({ username: 'bob', displayName: 'Bob' });
    const bob = tab.workspace.profiles.profiles.find(({ username }) => username === 'bob');
    if (bob) tab.workspace.profiles.switchTo(bob.id);
    await time.pass(5 * 60_000);
    for (let notebook = 0; notebook < 2; notebook += 1) {
      const kernel = await awaitJob(tab);
      expect(await describeToken(kernel)).toBe('ada by schedule');
      await endDone(kernel);
    }
    const [session] = (await storage.loadSessions(two)).values;
    expect(session?.cause).toEqual({
      type: 'schedule',
      title: 'Nightly',
      ownerName: 'Ada',
      lineTitle: 'Monthly',
    });
    expect(tab.schedules.listOf(two).map(({ title }) => title)).toEqual(['Nightly']);
    await lines.remove(line.id);
    expect(lines.find(line.id)?.title).toBe('Monthly');
  });

  it('stops where another tab deletes it', async () => {
    const { lines, addLine, one, storage, ...tab } = await setup();
    const { id } = await addLine('Monthly', [one]);
    void lines.run(id);
    await awaitJob(tab);
    await storage.changeProductionLine(id, () => null);
    await lines.load();
    await settle();
    expect([tab.findRunning(), lines.getOngoing(id), lines.lines]).toEqual([null, null, []]);
  });

  it('is changed, stopped and deleted, which can be taken back', async () => {
    const { lines, addLine, one, two, notices, ...tab } = await setup();
    const { id } = await addLine('Monthly', [one, two]);
    await lines.edit(id, { title: 'Weekly', notebookIds: [two, one] });
    expect(lines.find(id)).toMatchObject({ title: 'Weekly', notebookIds: [two, one] });
    expect([lines.listTakenTitles(id), lines.createFreeTitle('Weekly')]).toEqual([[], 'Weekly 2']);
    expect(lines.listOf(one).map(({ title }) => title)).toEqual(['Weekly']);
    void lines.run(id);
    await awaitJob({ ...tab, notices });
    lines.getOngoing(id)?.stop();
    await settle();
    expect(lines.find(id)?.runs).toMatchObject([{ status: 'stopped', reason: 'It was stopped.' }]);
    await lines.remove(id);
    expect(lines.lines).toEqual([]);
    notices.list.at(-1)?.action?.run();
    await settle();
    expect(lines.find(id)).toMatchObject({ title: 'Weekly', runs: [{ status: 'stopped' }] });
  });
});

// Longer than most files: each way in which a file or an address can come, and each end of it.
import { expect, test, vi } from 'vitest';
import { WorkspaceId, type NotebookId } from '../model/ids.ts';
import { carriedFileMark, pageLinkMark, pageMark } from '../model/saved-page.ts';
import { buildImportItem, buildImportSummary } from '../model/testing/build-import-summary.ts';
import type { ImportChoice } from '../model/workspace-import.ts';
import { createDeferred } from '../shared/deferred.ts';
import { fail } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { IncomingTools } from './IncomingFiles.svelte.ts';
import type { WorkspaceImportState } from './WorkspaceImport.svelte.ts';
import { createHandTools, HandReader } from './testing/HandReader.ts';
import { addNotebook, openTab } from './testing/open-tab.ts';
import { aloneAtOnce, settle, TestTabs, TestTime } from './testing/time.ts';

const file = new File(['PK'], 'Lesson 3.cahier');
const asNew: ImportChoice = { way: 'new', title: 'Lesson', conflicts: [] };
const asReplacement: ImportChoice = { way: 'replace', title: '', conflicts: [] };

/** A tab with a notebook; `elsewhere` are the titles of those that another tab has open. */
async function setup(fetchFile?: IncomingTools['fetchFile'], elsewhere: readonly string[] = []) {
  const reader = new HandReader();
  const storage = new MemoryStorage();
  const told: string[] = [];
  let findTitle = (id: NotebookId): string => id;
  const tab = await openTab(storage, new TestTime(Date.now()), new TestTabs(), {
    incoming: createHandTools(reader, fetchFile),
    createClaims: () => {
      const claims = aloneAtOnce.createClaims();
      return {
        claim: claims.claim.bind(claims),
        onChange: () => undefined,
        tellChange: (id) => told.push(findTitle(id)),
        isElsewhere: (id) => Promise.resolve(elsewhere.includes(findTitle(id))),
      };
    },
  });
  const { workspace } = tab;
  findTitle = (id) => workspace.findTitle(id) ?? id;
  const notebook = await addNotebook(workspace, 'Mine');
  const reloads: string[] = [];
  vi.spyOn(workspace.workspaces, 'openImported').mockImplementation((id) => {
    reloads.push(id);
    return Promise.resolve();
  });
  return { ...tab, reader, storage, notebook, reloads, told, incoming: workspace.incoming };
}

function shown({ incoming }: Awaited<ReturnType<typeof setup>>) {
  const { shown: one } = incoming;
  if (!one) throw new Error('nothing is imported');
  return one;
}

async function openFile(parts: Awaited<ReturnType<typeof setup>>) {
  parts.incoming.openFile(file);
  await settle();
  return shown(parts);
}

/** What was refused, or the step that it is at. */
function describe(state: WorkspaceImportState): string {
  return state.step === 'refused' ? state.problem : state.step;
}

test('what is in the workspace is counted, and a free title is proposed', async () => {
  const parts = await setup();
  parts.reader.summary = buildImportSummary({ title: 'Workspace' });
  const one = await openFile(parts);
  expect(one.state).toMatchObject({
    step: 'choosing',
    title: 'Lesson 3',
    present: { notebooks: 2, cells: 1, files: 0, models: 0, profiles: 0, inTrash: 0 },
  });
});

test('runs that begin by themselves wait while a file is stored, and go on where that fails', async () => {
  const parts = await setup();
  const { workspace, reader, notebook } = parts;
  await workspace.lines.add({ title: 'nightly', notebookIds: [notebook.id] });
  const one = await openFile(parts);
  reader.storing = createDeferred();
  const storing = one.store(asNew);
  await settle();
  const [line] = workspace.lines.lines;
  if (!line) throw new Error('the line is not there');
  const running = workspace.lines.run(line.id);
  await settle();
  expect(parts.findRunning()).toBeNull();
  reader.storing.reject(new Error('no room'));
  await storing;
  expect(one.state).toMatchObject({ step: 'choosing', problem: 'no room' });
  await settle();
  parts.findRunning()?.end({
    status: 'done',
    products: { outputs: [], images: [], modules: [], ranBlocks: [] },
  });
  await running;
  expect(workspace.lines.lines[0]?.runs[0]?.steps[0]?.status).toBe('done');
});

test('what another tab has open is named where it would be replaced, and otherwise left to it', async () => {
  const parts = await setup(undefined, ['Mine']);
  const { reader, notebook } = parts;
  const conflict = buildImportItem({ id: notebook.id, title: 'Mine', state: 'different' });
  reader.summary = buildImportSummary({ items: [conflict] });
  const one = await openFile(parts);
  const decide = (choice: 'keep' | 'take' | 'both'): ImportChoice => ({
    way: 'merge',
    title: '',
    conflicts: [{ kind: 'notebook', id: notebook.id, choice }],
  });
  for (const refused of [asReplacement, decide('take')]) {
    await one.store(refused);
    expect(one.state).toMatchObject({ step: 'choosing', obstacles: [{ type: 'elsewhere', title: 'Mine' }] });
  }
  expect(reader.choices).toEqual([]);
  await one.store(decide('both'));
  expect(one.state.step).toBe('stored');
});

test('other tabs are told of all notebooks that there were, and that there are', async () => {
  const parts = await setup();
  parts.reader.summary = buildImportSummary({ items: [buildImportItem({ id: 'from the file' })] });
  const one = await openFile(parts);
  parts.told.length = 0;
  await one.store(asReplacement);
  expect(parts.told.toSorted()).toEqual(['Mine', 'My first notebook', 'first', 'from the file']);
});

test('nothing is imported while something that was written here could not be stored', async () => {
  const parts = await setup();
  const { storage, workspace } = parts;
  const one = await openFile(parts);
  vi.spyOn(storage, 'saveNotebook').mockResolvedValue(fail({ kind: 'full', message: 'full' }));
  workspace.session?.editor.edit({ type: 'rename-notebook', title: 'Mine, longer' });
  await one.store(asNew);
  expect(one.state).toMatchObject({
    step: 'choosing',
    problem:
      '“Mine, longer” could not be stored as it is shown here, and would be lost. Make room for it first.',
  });
  expect(parts.reader.choices).toEqual([]);
});

test('who was active stays so, whoever else comes with the file', async () => {
  const parts = await setup();
  const { storage, workspace } = parts;
  expect((await storage.loadSettings()).activeProfile).toBeNull();
  const one = await openFile(parts);
  parts.reader.storing = createDeferred();
  void one.store(asNew);
  await settle();
  expect(parts.reader.choices).toEqual([asNew]);
  expect((await storage.loadSettings()).activeProfile).toBe(workspace.profiles.active.id);
});

test('what is being stored is not left: closed, it is stopped, and another file waits until that is over', async () => {
  const parts = await setup();
  const { incoming, reader, reloads } = parts;
  const one = await openFile(parts);
  reader.storing = createDeferred();
  const storing = one.store(asNew);
  await settle();
  expect(incoming.openFile(new File(['PK'], 'other.cahier'))).toBe(false);
  await incoming.close();
  expect(one.state).toMatchObject({ step: 'storing', isStopping: true });
  await storing;
  expect(one.state).toMatchObject({ step: 'choosing', problem: null });
  await incoming.close();
  expect([incoming.shown, reader.disposedCount, reloads]).toEqual([null, 1, []]);
});

test('a file that is opened takes the place of one that was only looked at', async () => {
  const parts = await setup();
  await openFile(parts);
  parts.incoming.openFile(new File(['PK'], 'other.cahier'));
  await settle();
  expect([shown(parts).fileName, parts.reader.disposedCount]).toEqual(['other.cahier', 1]);
});

test('a file of another host is fetched once that was agreed to, by whom the gate lets through', async () => {
  const asked: string[] = [];
  const parts = await setup(async (importId, url, { onProgress }) => {
    asked.push(url);
    const verdict = await parts.workspace.network.decide({ kernelId: importId, method: 'GET', url });
    onProgress({ doneBytes: 5, allBytes: 10 });
    if (!verdict?.isAllowed) throw new Error(verdict?.reason ?? 'nobody answers for it');
    return new Blob(['PK']);
  });
  const settled = vi.fn();
  parts.incoming.openAddress('https://files.example/a/Lesson.cahier', settled);
  await settle();
  expect([describe(shown(parts).state), asked]).toEqual(['asking', []]);
  await shown(parts).fetch();
  expect([describe(shown(parts).state), asked]).toEqual([
    'choosing',
    ['https://files.example/a/Lesson.cahier'],
  ]);
  // Another workspace of the same file is not fetched again.
  await shown(parts).choose(WorkspaceId.from('second'));
  expect(describe(shown(parts).state)).toBe('choosing');
  const { names, wanted, disposedCount } = parts.reader;
  const address = 'https://files.example/a/Lesson.cahier';
  expect([names, wanted, disposedCount, asked.length]).toEqual([[address, address], [null, 'second'], 1, 1]);
  expect(settled).not.toHaveBeenCalled();
  await shown(parts).store(asNew);
  await parts.incoming.close();
  expect([settled.mock.calls.length, parts.reloads]).toEqual([1, ['imported']]);
  expect(
    parts.workspace.network.decide({ kernelId: 'another', method: 'GET', url: asked[0] ?? '' }),
  ).toBeNull();
});

test('nobody is asked for a host that is allowed, nor for the own one, and one that is refused is not reached', async () => {
  const asked: string[] = [];
  const parts = await setup((_, url) => {
    asked.push(url);
    return Promise.resolve(new Blob(['PK']));
  });
  const { settings } = parts.workspace.network;
  await settings.addHost('files.example');
  await settings.setMode('allow-list');
  const found: string[] = [];
  for (const text of [
    'https://files.example/a',
    'https://other.example/b',
    'c.cahier',
    'ftp://files.example/d',
  ]) {
    parts.incoming.openAddress(text);
    await settle();
    found.push(describe(shown(parts).state));
  }
  expect(found).toEqual([
    'choosing',
    "other.example is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane.",
    'choosing',
    'The address begins with ftp:, and only https:// and http:// lead to a file.',
  ]);
  expect(asked).toEqual(['https://files.example/a', 'https://cahier.example/c.cahier']);
});

test('what cannot be fetched can be tried again; a page in place of a file is told of', async () => {
  let answer = (): Promise<Blob> => Promise.reject(new Error('files.example answered with 404 Not Found.'));
  const parts = await setup(() => answer());
  parts.incoming.openAddress('https://cahier.example/a.cahier');
  await settle();
  expect(shown(parts).state).toMatchObject({
    step: 'refused',
    problem: 'files.example answered with 404 Not Found.',
    address: { url: 'https://cahier.example/a.cahier' },
    canRetry: true,
  });
  answer = () => Promise.resolve(new Blob(['<!doctype html><title>Sign in</title>']));
  await shown(parts).begin();
  expect(describe(shown(parts).state)).toBe(
    'cahier.example sent a web page in place of a file. The address may be that of a page about the file, or one has to sign in first.',
  );
  answer = () => Promise.resolve(new Blob(['PK']));
  await shown(parts).begin();
  expect(describe(shown(parts).state)).toBe('choosing');
});

test('a file that still comes when nobody waits for it any more changes nothing', async () => {
  const coming = createDeferred<Blob>();
  const parts = await setup(() => coming.promise);
  const settled = vi.fn();
  parts.incoming.openAddress('a.cahier', settled);
  await settle();
  const one = shown(parts);
  expect(describe(one.state)).toBe('fetching');
  await parts.incoming.close();
  coming.resolve(new Blob(['PK']));
  await settle();
  expect([settled.mock.calls.length, parts.reader.names, describe(one.state)]).toEqual([1, [], 'fetching']);
});

test('what a saved page carries is imported from it; one that carries nothing says what to press', async () => {
  const parts = await setup();
  const page = (body: string): File =>
    new File([`<!doctype html><head>${pageMark}1"></head><body>${body}`], 'Sales.html');
  parts.incoming.openFile(page(`${carriedFileMark}Sales.cahier">UEs=</script>`));
  await settle();
  expect([describe(shown(parts).state), parts.reader.names, await parts.reader.files[0]?.text()]).toEqual([
    'choosing',
    ['Sales.html'],
    'PK',
  ]);
  const refusals: unknown[] = [];
  for (const body of [`${pageLinkMark}https://cahier.example/#notebook=1.a">`, '', carriedFileMark]) {
    parts.incoming.openFile(page(body));
    await settle();
    const { state } = shown(parts);
    refusals.push(state.step === 'refused' ? [state.problem, state.remedy, state.canRetry] : state.step);
  }
  expect(refusals).toEqual([
    [
      'It is a page that shows a notebook, and the file of the notebook is not in it.',
      'Open the page in a browser and press “Open in Cahier” in it: that brings the notebook here, without its results.',
      false,
    ],
    [
      'It is a page that shows a notebook, and neither its file nor a link to it is in it.',
      'Ask whoever made the page for the file of the notebook, or for a page that was saved with the file in it.',
      false,
    ],
    [
      'It is a page that shows a notebook, and the file that was in it is damaged or cut off.',
      'Get the page once more from where it came, or ask whoever made it for the file itself.',
      false,
    ],
  ]);
  expect(parts.reader.names).toEqual(['Sales.html']);
});

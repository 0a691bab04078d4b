import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { exportFile, openExport } from './export-workspace.ts';
import { expect, test } from './fixtures.ts';
import { createRandom, killTab, readKillCount, readKillSeed } from './kill-tabs.ts';
import { NotebookPage } from './pages/NotebookPage.ts';
import { arrangeStop } from './stop-import-worker.ts';
import { readStoredThings } from './stored-things.ts';

/** A workspace that an earlier version has written. */
const keptFile = new URL('../src/storage/workspace-file/testing/format-1.cahier', import.meta.url);

/** What is added to the stores when it is imported, values and settings aside. */
const imported = {
  checkpoints: 1,
  imports: 1,
  jobs: 2,
  logs: 2,
  modelGroups: 1,
  modelVersions: 1,
  models: 1,
  notebooks: 1,
  productionLines: 1,
  profiles: 2,
  schedules: 1,
  schemas: 1,
  sessions: 2,
};

/** More than an import writes; who waits for the last of so many waits for its end. */
const mostWrites = 45;
/** Longer than an import and an export take, and what is typed after the first second, in milliseconds. */
const longest = { typing: 1_500, importing: 700, exporting: 500 };
/** So much of what was typed may be lost, in milliseconds. */
const mostLost = 1_000;

/** What is killed; each acts on what the one before it left. */
const deeds = [
  { name: 'typing', kill: killTyping },
  { name: 'adding a file to the workspace', kill: killMerge },
  { name: 'exporting', kill: killExport },
  { name: 'importing a file as a workspace of its own', kill: killNew },
] as const;

interface Round {
  readonly tab: Page;
  /** Ends the tab and gives another of the same context, in which the app is open. */
  readonly killAndReopen: () => Promise<Page>;
  readonly url: string;
  /** A whole number below the limit. */
  readonly random: (limit: number) => number;
}

type StoredRecord = Readonly<Record<string, unknown>>;
/** The records of each store. */
type Stored = ReadonlyMap<string, readonly string[]>;

async function readStored(page: Page): Promise<Stored> {
  const { stores } = await readStoredThings(page);
  return new Map(Object.entries(stores));
}

function parseStore(stored: Stored, store: string): StoredRecord[] {
  return (stored.get(store) ?? []).map((record) => JSON.parse(record) as StoredRecord);
}

async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The first of these letters, which are numbered by their places. */
function listLetters(count: number): string {
  return Array.from({ length: count }, (_, at) => String.fromCharCode(97 + (at % 26))).join('');
}

/** The one notebook without what changes while its one cell is typed into, and the source of that. */
function readTyped(stored: Stored): { readonly notebooks: readonly unknown[]; readonly source: string } {
  let source = '';
  const notebooks = parseStore(stored, 'notebooks').map((notebook) => ({
    ...notebook,
    changedAt: 0,
    cells: (notebook['cells'] as StoredRecord[]).map((cell) => {
      source = String(cell['source']);
      return { ...cell, source: '' };
    }),
  }));
  return { notebooks, source };
}

async function killTyping({ tab, killAndReopen, url, random }: Round): Promise<Page> {
  const notebook = new NotebookPage(tab, url);
  const cell = await notebook.addScript('#');
  await expect.poll(async () => readTyped(await readStored(tab)).source).toBe('#');
  const before = readTyped(await readStored(tab));
  await cell.editor.press('ControlOrMeta+End');
  const typedAt: number[] = [];
  const type = async (): Promise<void> => {
    for (;;) {
      await tab.keyboard.type(listLetters(typedAt.length + 1).slice(-1));
      typedAt.push(performance.now());
    }
  };
  // It ends with the tab.
  const typing = type().catch(() => undefined);
  await wait(mostLost + random(longest.typing));
  const killedAt = performance.now();
  const next = await killAndReopen();
  await typing;
  const after = readTyped(await readStored(next));
  expect(after.notebooks).toEqual(before.notebooks);
  const kept = after.source.length - 1;
  expect(after.source).toBe(`#${listLetters(kept)}`);
  expect(kept).toBeGreaterThanOrEqual(typedAt.filter((time) => time <= killedAt - mostLost).length);
  // The last may have been written and not answered.
  expect(kept).toBeLessThanOrEqual(typedAt.length + 1);
  await expect(new NotebookPage(next, url).cell('Data Generator').root).toContainText(after.source);
  return next;
}

async function killMerge(round: Round): Promise<Page> {
  return await killImport(round, 'Add to this workspace', 'Add to this workspace', 0);
}

async function killNew(round: Round): Promise<Page> {
  return await killImport(round, 'A workspace of its own', 'Import as a new workspace', 1);
}

async function killImport(
  { tab, killAndReopen, url, random }: Round,
  way: string,
  action: string,
  addedWorkspaces: number,
): Promise<Page> {
  const before = await readStored(tab);
  const notebook = new NotebookPage(tab, url);
  await notebook.workspace.getByRole('button', { name: 'Import', exact: true }).click();
  const file = {
    name: 'Kept.cahier',
    mimeType: 'application/octet-stream',
    buffer: await readFile(keptFile),
  };
  await tab.getByLabel('Workspace to import').setInputFiles(file);
  const dialog = tab.getByRole('dialog', { name: /^Import/ });
  await dialog.getByRole('radio', { name: way }).click();
  const button = dialog.getByRole('button', { name: action });
  if (random(4) === 0) {
    button.click().catch(() => undefined);
    await wait(random(longest.importing));
  } else {
    const waitForStop = await arrangeStop(tab, 1 + random(mostWrites));
    button.click().catch(() => undefined);
    await waitForStop();
  }
  const next = await killAndReopen();
  expectAllOrNothing(before, await readStored(next), addedWorkspaces);
  return next;
}

/** Nothing that was there is gone, and of the file's records all were added or none. */
function expectAllOrNothing(before: Stored, after: Stored, addedWorkspaces: number): void {
  const keep = (stored: Stored): Stored =>
    new Map([...stored].filter(([store]) => store !== 'blobs' && store !== 'settings'));
  const added: Record<string, number> = {};
  for (const [store, records] of keep(after)) {
    const earlier = before.get(store) ?? [];
    expect(earlier.filter((record) => !records.includes(record))).toEqual([]);
    if (records.length > earlier.length) added[store] = records.length - earlier.length;
  }
  const all = addedWorkspaces === 0 ? imported : { ...imported, workspaces: addedWorkspaces };
  expect(added).toEqual(Object.keys(added).length === 0 ? {} : all);
  expect(listNamedValues(after)).toEqual(
    parseStore(after, 'blobs')
      .map(({ hash }) => hash)
      .sort(),
  );
  if (Object.keys(added).length === 0) expect(after.get('blobs')).toEqual(before.get('blobs'));
}

/** The hashes of the values that records name, each once. */
function listNamedValues(stored: Stored): unknown[] {
  const lists = ['notebooks', 'jobs', 'sessions'].flatMap((store) => parseStore(stored, store));
  const named = [
    ...lists.flatMap(({ blobs }) => blobs as unknown[]),
    ...parseStore(stored, 'modelVersions').map(({ blob }) => blob),
  ];
  return [...new Set(named)].sort();
}

async function killExport({ tab, killAndReopen, url, random }: Round): Promise<Page> {
  const before = await readStored(tab);
  const button = (await openExport(new NotebookPage(tab, url), tab)).getByRole('button', { name: 'Export' });
  await button.waitFor();
  // The page may be gone before it has answered the press.
  button.click().catch(() => undefined);
  await wait(random(longest.exporting));
  const next = await killAndReopen();
  expect(await readStored(next)).toEqual(before);
  expect((await exportFile(new NotebookPage(next, url), next)).length).toBeGreaterThan(1_000);
  return next;
}

test('a tab that is killed while it types, imports or exports leaves nothing half, and a second of typing lost at most', async ({
  browser,
  site,
}) => {
  const killCount = readKillCount(deeds.length);
  test.setTimeout(Math.max(120_000, killCount * 25_000));
  const { seed, hint } = readKillSeed();
  const random = createRandom(seed);
  const session = await browser.newBrowserCDPSession();
  let tab: Page | null = null;
  for (let index = 0; index < killCount; index++) {
    const deed = deeds[index % deeds.length];
    if (deed === undefined) throw new Error('there is no deed of this number');
    if (tab === null || index % deeds.length === 0) {
      await tab?.context().close();
      // A service worker need not end with each tab, and the next would wait for it.
      const context = await browser.newContext({ serviceWorkers: 'block' });
      tab = await context.newPage();
      await new NotebookPage(tab, site.url).open();
    }
    const current: Page = tab;
    const context = current.context();
    const killAndReopen = async (): Promise<Page> => {
      await killTab(current, session);
      const next = await context.newPage();
      await new NotebookPage(next, site.url).open();
      return next;
    };
    tab = await test.step(`kill ${index + 1}, ${deed.name}: ${hint}`, () =>
      deed.kill({ tab: current, killAndReopen, url: site.url, random }));
  }
});

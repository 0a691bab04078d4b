// Longer than most files: all its stories stand on one published site and one host of wheels.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { buildWheel } from '../src/model/testing/build-wheel.ts';
import { expect, test as base, testInUse } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';
import type { CellPart } from './pages/CellPart.ts';
import { writeStatement } from './statements/write-statement.ts';
import { PublishedSite, type LockEntry } from './PublishedSite.ts';
import { WheelHost } from './WheelHost.ts';

const shapesName = 'shapes-1.0-py3-none-any.whl';
const shapes = buildWheel('shapes', '1.0', 'names = ["round", "flat"]\ndef where():\n    return __file__\n');

function createEntry(name: string, fileName: string, wheel: Uint8Array): LockEntry {
  const sha256 = createHash('sha256').update(wheel).digest('hex');
  const kind = { install_dir: 'site', package_type: 'package', unvendored_tests: false } as const;
  return { ...kind, name, version: '1.0', file_name: fileName, sha256, imports: [name], depends: [] };
}

/**
 * Stands in for micropip: it asks the index, and fails as micropip does where there is no such package. What is slow is
 * asked for past the browser's cache, where a request waits for one like it that Chromium did not end.
 */
const createInstaller = (indexUrl: string): string => `
import importlib.metadata
from types import SimpleNamespace
from pyodide.http import pyfetch
_installed = {}
async def install(requirement):
    name = requirement.split("==")[0].split(">=")[0]
    if name == "offline":
        await pyfetch("https://pypi.org/simple/offline/")
    if name == "slow":
        await pyfetch("${indexUrl}", cache="no-store")
    if name != "numpy":
        raise ValueError(f"Can't find a pure Python 3 wheel for '{requirement}'.\\nSee: the docs")
    from pyodide_js import loadPackage
    await loadPackage(["numpy"])
def list():
    return _installed
`;

const test = base.extend<{ wheelHost: WheelHost; published: NotebookPage }>({
  wheelHost: async ({}, use) => {
    const host = await WheelHost.start();
    await use(host);
    await host.close();
  },
  published: async ({ page, wheelHost }, use) => {
    const site = await PublishedSite.publish();
    const micropip = buildWheel('micropip', '1.0', createInstaller(`${wheelHost.url}slow`));
    wheelHost.serve(shapesName, shapes);
    wheelHost.serve('micropip-1.0-py3-none-any.whl', micropip);
    await site.changeDistribution(wheelHost.url, [
      createEntry('shapes', shapesName, shapes),
      createEntry('micropip', 'micropip-1.0-py3-none-any.whl', micropip),
    ]);
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    await use(notebook);
    await site.close();
    await site.remove();
  },
});

/** Keeps every promise that the worker waits for, which looks up the class of each. */
const watchPromises = `import js
from pyodide.ffi import to_js
js.globalThis.seen = js.Array.new()
keep = js.Array.prototype.splice.bind(js.seen, 0, 0)
getter = js.Proxy.new(js.Object, js.Object.fromEntries(to_js([["apply", keep]])))
js.Object.defineProperty(js.Promise.prototype, "constructor", js.Object.fromEntries(to_js([["get", getter], ["configurable", True]])))`;

/** What can be done with the files that the promises brought. */
const tryToWrite = `import asyncio, js
from pyodide.ffi import run_sync
del js.Promise.prototype.constructor
ways = ["createWritable", "createSyncAccessHandle", "remove", "move", "removeEntry", "getDirectoryHandle", "put", "delete", "keys"]
promises = [js.seen[at] for at in range(1, js.seen.length, 3)]
done, _ = run_sync(asyncio.wait([asyncio.ensure_future(promise) for promise in promises], timeout=2))
files = {}
for promise in done:
    value = None if promise.exception() else promise.result()
    if hasattr(value, "getFile"): files["handle"] = value
    if hasattr(value, "lastModified"): files["file"] = value
print("kinds:", sorted(files))
print("can:", [name for file in files.values() for name in ways if hasattr(file, name)])`;

async function addQuietScript(notebook: NotebookPage, source: string): Promise<CellPart> {
  const cell = await notebook.addScript(source);
  await notebook.configuration.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  return cell;
}

async function runToLog(cell: CellPart, state: 'Done' | 'Failed' = 'Done'): Promise<void> {
  await cell.run();
  await cell.expectState(state);
  await cell.tab('Logs').click();
}

testInUse(
  'a wheel that was added is imported, also after the page was loaded anew, until it is removed',
  async ({ notebook, page }) => {
    await notebook.openPackages();
    await notebook.addWheel(shapesName, shapes);
    await expect(notebook.packages.getByRole('list', { name: 'Wheels' })).toContainText('shapes 1.0');
    await notebook.closePackages();
    const cell = await addQuietScript(notebook, 'import shapes\nprint("there are", *shapes.names)');
    await runToLog(cell);
    await expect(cell.log).toContainText('there are round flat');

    await page.reload();
    await runToLog(cell);
    await expect(cell.log).toContainText('there are round flat');

    const packages = await notebook.openPackages();
    await packages.getByRole('button', { name: 'Remove shapes 1.0' }).click();
    await cell.expectState('Stale');
    await packages.getByRole('button', { name: 'Undo' }).click();
    await expect(packages).toContainText('shapes 1.0');
    await cell.expectState('Done');
    await packages.getByRole('button', { name: 'Remove shapes 1.0' }).click();
    await expect(packages).toContainText('None yet.');
    await notebook.closePackages();
    await cell.expectState('Stale');
    await cell.run();
    await cell.expectState('Failed');
    await expect(cell.error).toContainText('No package that can be imported here has a module "shapes".');

    await page.getByRole('button', { name: 'Undo' }).click();
    await runToLog(cell);
    await expect(cell.log).toContainText('there are round flat');
  },
);

test('a wheel keeps its place in a copy of the notebook', async ({ notebook, page }) => {
  await notebook.openPackages();
  await notebook.addWheel(shapesName, shapes);
  await expect(notebook.packages).toContainText('shapes 1.0');
  await notebook.closePackages();
  await notebook.workspace
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My first notebook copy');
  const cell = await addQuietScript(notebook, 'import shapes\nprint(len(shapes.names))');
  await runToLog(cell);
  await expect(cell.log).toContainText('2');
});

testInUse('a file that is no wheel for this Python is refused with the reason', async ({ notebook }) => {
  const packages = await notebook.openPackages();
  await notebook.addWheel('shapes-1.0.tar.gz', shapes);
  await expect(packages).toContainText(
    'shapes-1.0.tar.gz was not added. It is no wheel but a package of sources.',
  );
  await notebook.addWheel(shapesName, shapes.subarray(0, 200));
  await expect(packages).toContainText('It cannot be read: it is no zip, or it is cut off.');
  const hostile = buildWheel('shapes', '1.0', '', { files: { '../escaped.py': '' } });
  await notebook.addWheel(shapesName, hostile);
  await expect(packages).toContainText('its path "../escaped.py" leads out of its folder.');
  await expect(packages).toContainText('None yet.');
  await notebook.closePackages();
});

testInUse('a wheel that needs what is not here says what', async ({ notebook }) => {
  const metadata = 'Requires-Dist: six\nRequires-Dist: nowhere-to-be-found>1';
  await notebook.openPackages();
  await notebook.addWheel(shapesName, buildWheel('shapes', '1.0', 'import six', { metadata }));
  await expect(notebook.packages).toContainText('shapes 1.0');
  await notebook.closePackages();
  const cell = await addQuietScript(notebook, 'import shapes\nprint("imported")');
  await runToLog(cell);
  await expect(cell.log).toContainText(
    `The wheel ${shapesName} needs what is not here: nowhere-to-be-found. Add it to the notebook's requirements, or as a wheel.`,
  );
  await expect(cell.log).toContainText('imported');
});

testInUse('requirements are checked as they are typed, and kept', async ({ notebook, page }) => {
  const packages = await notebook.openPackages();
  const field = packages.getByRole('textbox', { name: 'Requirements' });
  await field.fill('six>=1.16 # for the old code\n-r more.txt\nhttps://example.org/x.whl');
  await expect(packages).toContainText('Line 2: Other files are not read from here.');
  await expect(packages).toContainText('Line 3: An address is not installed from');
  await field.fill('six>=1.16 # for the old code');
  await expect(packages).not.toContainText('Line 2');
  await notebook.closePackages();
  await page.reload();
  await notebook.openPackages();
  await expect(field).toHaveValue('six>=1.16 # for the old code');
  await notebook.closePackages();
});

test('a requirement that the workspace lets nobody ask for is refused with the reason', async ({
  published: notebook,
  page,
}) => {
  await page.getByRole('button', { name: /^Network:/ }).click();
  const network = page.getByRole('dialog', { name: 'Network' });
  await network.getByRole('radio', { name: 'listed hosts' }).check();
  await network.getByRole('button', { name: 'Close' }).click();
  const packages = await notebook.openPackages();
  await packages.getByRole('textbox', { name: 'Requirements' }).fill('offline\nfast>=2\nnumpy');
  await notebook.closePackages();
  const cell = await addQuietScript(notebook, 'import numpy\nprint("numpy", numpy.__version__)');
  await runToLog(cell);
  await expect(cell.log).toContainText(
    "The requirement “offline” was not installed. pypi.org is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane.",
  );
  await expect(cell.log).toContainText(
    'The requirement “fast>=2” was not installed. It has no wheel for WebAssembly in a version that fits',
  );
  await expect(cell.log).toContainText('numpy 2.2.5');
  expect((await cell.log.innerText()).split('pypi.org is not allowed').length - 1).toBe(1);
  await notebook.openPackages();
  await expect(packages.getByRole('table', { name: 'Installed' })).toContainText('numpy');
  await expect(packages.getByRole('table', { name: 'Installed' })).toContainText('2.2.5');
  await packages.getByRole('textbox', { name: 'Requirements' }).fill('numpy');
  await cell.expectState('Done');
  await packages.getByRole('textbox', { name: 'Requirements' }).fill('numpy<3');
  await cell.expectState('Stale');
});

/** How many Pythons have started; their workers have lost IndexedDB, by which they are told from others. */
async function countPythons(page: Page): Promise<number> {
  const haveLost = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => !('indexedDB' in self)).catch(() => false)),
  );
  return haveLost.filter(Boolean).length;
}

test('what requirements brought into a Python is shown no more when a spare takes its place', async ({
  published: notebook,
  page,
}) => {
  const packages = await notebook.openPackages();
  await packages.getByRole('textbox', { name: 'Requirements' }).fill('numpy');
  await notebook.closePackages();
  const cell = await addQuietScript(notebook, 'print("ran")');
  await runToLog(cell);
  await expect(cell.log).toContainText('ran');
  await expect.poll(() => countPythons(page), { timeout: 60_000 }).toBe(2);
  const installed = packages.getByRole('table', { name: 'Installed' });
  await notebook.openPackages();
  await expect(installed).toContainText('numpy');
  await notebook.closePackages();
  await notebook.toolbar.getByRole('button', { name: 'Restart Python' }).click();
  await notebook.openPackages();
  await expect(installed).toHaveCount(0);
  await notebook.closePackages();
  await runToLog(cell);
  await notebook.openPackages();
  await expect(installed).toContainText('numpy');
});

test('a wheel of the distribution that is another one than locked is not loaded', async ({
  published: notebook,
  wheelHost,
}) => {
  wheelHost.serve(shapesName, buildWheel('shapes', '1.0', 'names = ["altered"]'));
  const cell = await addQuietScript(notebook, 'import shapes\nprint(shapes.names)');
  await cell.run();
  await cell.expectState('Failed');
  const { host } = new URL(wheelHost.url);
  const reason = `Could not be loaded: shapes 1.0. What ${host} gave for ${shapesName} is not the file that belongs to this Python: its SHA-256 is another.`;
  await expect(cell.error).toContainText(reason);
  wheelHost.serve(shapesName, shapes);
  await runToLog(cell);
  await expect(cell.log).toContainText("['round', 'flat']");
});

test('the failures of the distribution are told apart', async ({ published: notebook, wheelHost, page }) => {
  const { host } = new URL(wheelHost.url);
  const cell = await addQuietScript(notebook, 'import xlrd');
  await cell.run();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText(
    `Could not be loaded: xlrd 2.0.1. ${host} answered with 404 when asked for xlrd-2.0.1-py2.py3-none-any.whl.`,
  );

  await wheelHost.close();
  await cell.run();
  await expect(cell.error).toContainText(`Could not be loaded: xlrd 2.0.1. ${host} could not be reached`);

  await page.getByRole('button', { name: /^Network:/ }).click();
  const network = page.getByRole('dialog', { name: 'Network' });
  await network.getByRole('radio', { name: 'none' }).check();
  await network.getByRole('button', { name: 'Close' }).click();
  await cell.run();
  await expect(cell.error).toContainText(
    `Could not be loaded: xlrd 2.0.1. ${host} was not reached: the workspace's network policy allows no other host.`,
  );

  await cell.replaceSource('import torch');
  await cell.run();
  await expect(cell.error).toContainText('There is no torch for WebAssembly: PyTorch is compiled code');
  await cell.replaceSource('import numppy');
  await cell.run();
  await expect(cell.error).toContainText('Did you mean numpy?');
});

/** Stops a job once it waits for a file that never comes whole; Python is kept. */
async function stopLoading(cell: CellPart, wheelHost: WheelHost, fileName: string): Promise<void> {
  await cell.run();
  await expect.poll(() => wheelHost.asked).toContain(fileName);
  await expect(cell.root.locator('header')).toContainText('Loading');
  await cell.stopButton.click();
  await cell.expectState('Stopped');
  await expect(cell.root.locator('header')).toContainText('Python kept');
}

test('a job is stopped while a wheel comes that never comes whole, and the next one runs', async ({
  published: notebook,
  wheelHost,
}) => {
  wheelHost.stall(shapesName);
  const cell = await addQuietScript(notebook, 'import shapes\nprint(shapes.names)');
  await stopLoading(cell, wheelHost, shapesName);
  await expect.poll(() => wheelHost.abandoned).toEqual([shapesName]);
  await cell.replaceSource('print("runs")');
  await runToLog(cell);
  await expect(cell.log).toContainText('runs');
  wheelHost.serve(shapesName, shapes);
  await cell.replaceSource('import shapes\nprint(shapes.names)');
  await runToLog(cell);
  await expect(cell.log).toContainText("['round', 'flat']");
});

test('a job is stopped while a requirement waits for an index, and the next one runs', async ({
  published: notebook,
  wheelHost,
}) => {
  wheelHost.stall('slow');
  const packages = await notebook.openPackages();
  await packages.getByRole('textbox', { name: 'Requirements' }).fill('slow');
  await notebook.closePackages();
  const cell = await addQuietScript(notebook, 'print("runs")');
  await stopLoading(cell, wheelHost, 'slow');
  wheelHost.serve('slow', new Uint8Array(1));
  await runToLog(cell);
  await expect(cell.log).toContainText('The requirement “slow” was not installed.');
  await expect(cell.log).toContainText('runs');
});

test('what a Statement imports of the index is asked for before it runs, and missed with the reason', async ({
  published: notebook,
}) => {
  await notebook.addFirstCell();
  const cell = await writeStatement(notebook, 'Statement', 'from passlib.hash import md5_crypt\nreturn []', [
    ['id', 'integer'],
  ]);
  await runToLog(cell, 'Failed');
  await expect(cell.error).toContainText('It is in passlib, which comes from the Python Package Index');
  await expect(cell.log).toContainText(
    'The requirement “passlib” was not installed. It has no wheel for WebAssembly in a version that fits',
  );
});

test('wheels are packed while Python is idle, and imported from there at the next visit', async ({
  published: notebook,
  wheelHost,
  page,
}) => {
  await notebook.openPackages();
  const own = buildWheel('own', '2.0', 'def where():\n    return __file__\n');
  await notebook.addWheel('own-2.0-py3-none-any.whl', own);
  await expect(notebook.packages).toContainText('own 2.0');
  await notebook.closePackages();
  const cell = await addQuietScript(notebook, 'import own, shapes\nprint(own.where(), shapes.where())');
  await runToLog(cell);
  await expect(cell.log).toContainText(
    /site-packages\/own\/__init__.py \S+site-packages\/shapes\/__init__.py/,
  );

  const countKept = (): Promise<number> =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-wheels', { create: true });
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names.length;
    });
  await expect.poll(countKept, { timeout: 60_000 }).toBe(2);
  // A file that is being written is there from its beginning: the worker is done when it is gone.
  await expect.poll(() => page.workers().length, { timeout: 60_000 }).toBeLessThanOrEqual(3);
  const askedBefore = wheelHost.asked.length;

  await page.reload();
  await runToLog(cell);
  await expect(cell.log).toContainText('/lib/packages/own/__init__.py /lib/packages/shapes/__init__.py');
  expect(wheelHost.asked.slice(askedBefore)).toEqual([]);

  await test.step('a script that watches all promises gets hold of the files, and can only read them', async () => {
    await page.reload();
    await cell.replaceSource(watchPromises);
    await runToLog(cell);
    await cell.replaceSource('import own, shapes\nprint(own.where())');
    await runToLog(cell);
    await cell.replaceSource(tryToWrite);
    await runToLog(cell);
    await expect(cell.log).toContainText("kinds: ['file', 'handle']");
    await expect(cell.log).toContainText('can: []');
  });
});

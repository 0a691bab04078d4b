import { expect, type Page } from '@playwright/test';
import type { NotebookPage } from '../pages/NotebookPage.ts';

const magic = [...new TextEncoder().encode('CAHIERSN')];

/** The names of the snapshots that were written to their end, and their sizes in bytes. */
export async function listSnapshots(page: Page): Promise<Record<string, number>> {
  return await page.evaluate(async (expected) => {
    const found: Record<string, number> = {};
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('cahier-python', { create: true });
    for await (const [name, handle] of folder.entries()) {
      if (!(handle instanceof FileSystemFileHandle)) continue;
      const file = await handle.getFile();
      const first = new Uint8Array(await file.slice(0, expected.length).arrayBuffer());
      if (expected.every((byte, at) => first[at] === byte)) found[name] = file.size;
    }
    return found;
  }, magic);
}

/** Waits until so many snapshots are there; returns their names. */
export async function waitForSnapshots(page: Page, count: number): Promise<string[]> {
  await expect
    .poll(async () => Object.keys(await listSnapshots(page)).length, { timeout: 60_000 })
    .toBe(count);
  return Object.keys(await listSnapshots(page));
}

/** How a snapshot's file is spoiled: bytes written at a place, or a new size. */
export interface Damage {
  readonly at?: number;
  readonly bytes?: readonly number[];
  readonly size?: number;
}

/** Leaves the app, whose Pythons read from their snapshots, for a plain file of the same site. */
export async function leaveApp(page: Page): Promise<void> {
  await page.goto(new URL('favicon.svg', page.url()).href);
  // Workers end a moment after their page; until then nobody can write what they read.
  await expect(async () => {
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-python');
      for await (const handle of folder.values()) {
        if (!(handle instanceof FileSystemFileHandle)) continue;
        const writer = await handle.createWritable({ keepExistingData: true });
        await writer.abort();
      }
    });
  }).toPass({ timeout: 30_000 });
}

/** Spoils a snapshot; places below zero count from the file's end. */
export async function damageSnapshot(page: Page, name: string, damage: Damage): Promise<void> {
  await page.evaluate(
    async ([fileName, { at = 0, bytes = [], size }]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-python');
      const handle = await folder.getFileHandle(fileName);
      const whole = (await handle.getFile()).size;
      const writer = await handle.createWritable({ keepExistingData: true });
      const position = at < 0 ? whole + at : at;
      if (bytes.length > 0) await writer.write({ type: 'write', position, data: new Uint8Array(bytes) });
      if (size !== undefined) await writer.truncate(size);
      await writer.close();
    },
    [name, damage] as const,
  );
}

/** Where the words come first in a snapshot; -1 where they do not. */
export async function findInSnapshot(page: Page, name: string, words: string): Promise<number> {
  return await page.evaluate(
    async ([fileName, searched]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-python');
      const file = await (await folder.getFileHandle(fileName)).getFile();
      return new TextDecoder('latin1').decode(await file.arrayBuffer()).indexOf(searched);
    },
    [name, words] as const,
  );
}

/** Puts one snapshot's content in the place of another. */
export async function swapSnapshot(page: Page, from: string, to: string): Promise<void> {
  await page.evaluate(
    async ([source, target]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-python');
      const file = await (await folder.getFileHandle(source)).getFile();
      const content = await file.arrayBuffer();
      const writer = await (await folder.getFileHandle(target)).createWritable();
      await writer.write(content);
      await writer.close();
    },
    [from, to] as const,
  );
}

export async function expectStart(
  notebook: NotebookPage,
  way: 'from a snapshot' | 'without one',
): Promise<void> {
  await notebook.waitForPython();
  const words = way === 'from a snapshot' ? /started from a snapshot/ : /started without a snapshot/;
  await expect(notebook.toolbar.getByText('is ready')).toHaveAttribute('title', words);
}

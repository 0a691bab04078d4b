import { afterEach, expect, test } from 'vitest';
import { WorkspaceId } from '../model/ids.ts';
import { buildImport } from '../model/testing/build-import.ts';
import { closeDatabases, createName, openDatabase } from '../storage/testing/databases.ts';
import { Notices } from './Notices.svelte.ts';
import { Trust } from './Trust.svelte.ts';

afterEach(closeDatabases);

async function openTab(name: string): Promise<{ readonly trust: Trust; readonly told: boolean[] }> {
  const storage = await openDatabase(name);
  const trust = await Trust.open({ storage, notices: new Notices() }, WorkspaceId.from('workspace'));
  const told: boolean[] = [];
  trust.onChange(() => told.push(trust.isTrusted({ importId: lesson.id })));
  return { trust, told };
}

const lesson = buildImport('lesson');

test('what is trusted in one tab is in another, and no more when it is taken back', async () => {
  const name = createName();
  await (await openDatabase(name)).changeImport(lesson.id, () => lesson);
  const [one, other] = [await openTab(name), await openTab(name)];
  await one.trust.trust(lesson.id);
  await expect.poll(() => other.told).toEqual([true]);
  await other.trust.stopTrusting(lesson.id);
  await expect.poll(() => one.told).toEqual([true, false]);
  expect(other.told).toEqual([true, false]);
});

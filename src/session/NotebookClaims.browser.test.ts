import { afterEach, describe, expect, test } from 'vitest';
import { NotebookId } from '../model/ids.ts';
import { TabClaims, type NotebookClaim } from './NotebookClaims.svelte.ts';

const id = NotebookId.from('notebook');

let open: TabClaims[] = [];

afterEach(() => {
  for (const tab of open) tab.close();
  open = [];
});

interface Tab {
  readonly tab: TabClaims;
  readonly claim: NotebookClaim;
  /** What it was told, in order. */
  readonly told: readonly string[];
}

function createTabs(): { readonly add: (events?: Partial<TabEvents>, locks?: null) => Promise<Tab> } {
  const scope = `claims ${crypto.randomUUID()}`;
  return {
    add: async ({ store, onWon } = {}, locks) => {
      const tab = locks === null ? new TabClaims(scope, null) : new TabClaims(scope);
      open.push(tab);
      const told: string[] = [];
      const claim = await tab.claim(id, {
        store: async () => {
          told.push('store');
          await store?.();
          told.push('stored');
        },
        onWon: () => {
          told.push('won');
          return Promise.resolve(onWon?.() ?? true);
        },
      });
      return { tab, claim, told };
    },
  };
}

interface TabEvents {
  readonly store: () => Promise<void>;
  readonly onWon: () => boolean;
}

const listWriting = (...tabs: readonly Tab[]): boolean[] => tabs.map(({ claim }) => claim.isWriting);

describe('a notebook that is open in several tabs', () => {
  test('is changed in the first one, and in the next when that is closed', async () => {
    const { add } = createTabs();
    const [first, second, third] = [await add(), await add(), await add()];
    expect(listWriting(first, second, third)).toEqual([true, false, false]);
    first.tab.close();
    await expect.poll(() => listWriting(second, third)).toEqual([true, false]);
    expect(second.told).toEqual(['won']);
    second.claim.release();
    await expect.poll(() => third.claim.isWriting).toBe(true);
  });

  test('is taken over once it was stored where it was changed, and comes back when that tab is closed', async () => {
    const { add } = createTabs();
    let finish = (): void => undefined;
    const stored = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = await add({ store: () => stored });
    const [second, third] = [await add(), await add()];
    const taking = third.claim.takeOver();
    await expect.poll(() => first.told).toEqual(['store']);
    // Nothing more can be written there, and nothing yet here.
    expect(listWriting(first, second, third)).toEqual([false, false, false]);
    finish();
    await taking;
    expect(listWriting(first, second, third)).toEqual([false, false, true]);
    expect(third.told).toEqual(['won']);
    third.tab.close();
    // The one that has waited longest.
    await expect.poll(() => listWriting(first, second)).toEqual([false, true]);
    second.tab.close();
    await expect.poll(() => first.claim.isWriting).toBe(true);
  });

  test('is taken over from a tab that does not answer', async () => {
    const { add } = createTabs();
    const first = await add({ store: () => new Promise(() => undefined) });
    const second = await add();
    await second.claim.takeOver();
    expect(listWriting(first, second)).toEqual([false, true]);
  });

  test('stays in one of two tabs that take it over at once', async () => {
    const { add } = createTabs();
    const tabs = [await add(), await add(), await add()];
    await Promise.all(tabs.map(({ claim }) => claim.takeOver()));
    await expect.poll(() => listWriting(...tabs).filter((isWriting) => isWriting)).toEqual([true]);
  });

  test('is not changed where what is stored of it could not be opened, until that is tried again', async () => {
    const { add } = createTabs();
    const first = await add();
    const answers = [false, true];
    const second = await add({ onWon: () => answers.shift() ?? false });
    first.tab.close();
    await expect.poll(() => second.told).toEqual(['won']);
    expect(second.claim.isWriting).toBe(false);
    await second.claim.takeOver();
    expect(second.claim.isWriting).toBe(true);
  });

  test('is known to be elsewhere by tabs that do not have it', async () => {
    const { add } = createTabs();
    const [first, second] = [await add(), await add()];
    expect(await first.tab.isElsewhere(id)).toBe(false);
    expect(await second.tab.isElsewhere(id)).toBe(true);
    expect(await second.tab.isElsewhere(NotebookId.from('another'))).toBe(false);
    first.claim.release();
    await expect.poll(() => second.claim.isWriting).toBe(true);
    expect(await first.tab.isElsewhere(id)).toBe(true);
  });

  test('is told of to the others when it changed', async () => {
    const { add } = createTabs();
    const [first, second] = [await add(), await add()];
    const heard: string[] = [];
    first.tab.onChange((changed) => heard.push(`first ${changed}`));
    second.tab.onChange((changed) => heard.push(`second ${changed}`));
    first.tab.tellChange(id);
    await expect.poll(() => heard).toEqual(['second notebook']);
  });

  test('may be changed in each where the browser has no locks', async () => {
    const { add } = createTabs();
    const tabs = [await add({}, null), await add({}, null)];
    expect(listWriting(...tabs)).toEqual([true, true]);
    expect(await tabs[0]?.tab.isElsewhere(id)).toBe(false);
  });
});

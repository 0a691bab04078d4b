import { afterEach, describe, expect, test, vi } from 'vitest';
import { TabPresence } from './TabPresence.ts';

let open: TabPresence[] = [];

afterEach(() => {
  for (const tab of open) tab.close();
  open = [];
});

/** Tabs of one scope, each of which tells by its place when it leads. */
function openTabs(count: number, locks?: null) {
  const scope = `tabs ${crypto.randomUUID()}`;
  const leading: number[] = [];
  const tabs = Array.from({ length: count }, (_, index) => {
    const tab = locks === null ? new TabPresence(scope, null) : new TabPresence(scope);
    tab.lead(() => leading.push(index));
    open.push(tab);
    return tab;
  });
  return { tabs, leading };
}

describe('tabs that are open at once', () => {
  test('are led by the first, then by the next that is still open', async () => {
    const { tabs, leading } = openTabs(3);
    await expect.poll(() => leading).toEqual([0]);
    tabs[1]?.close();
    tabs[0]?.close();
    await expect.poll(() => leading).toEqual([0, 2]);
  });

  test('know which others are open', async () => {
    const { tabs, leading } = openTabs(2);
    const [first, second] = tabs;
    if (!first || !second) throw new Error('there are two tabs');
    await expect.poll(() => leading).toEqual([0]);
    await expect.poll(() => first.isOpen(second.tabId, Date.now())).toBe(true);
    second.close();
    await expect.poll(() => first.isOpen(second.tabId, Date.now())).toBe(false);
    expect(await first.isOpen('another', Date.now())).toBe(false);
  });

  test('know whether there are others, which nobody does without locks', async () => {
    const { tabs } = openTabs(2);
    const [first, second] = tabs;
    await expect.poll(() => first?.isAlone()).toBe(false);
    second?.close();
    await expect.poll(() => first?.isAlone()).toBe(true);
    expect(await openTabs(1, null).tabs[0]?.isAlone()).toBe(false);
  });

  test('tell each other that something changed', async () => {
    const { tabs } = openTabs(2);
    const heard = [vi.fn(), vi.fn()];
    for (const [index, tab] of tabs.entries()) tab.onNews(() => heard[index]?.());
    tabs[0]?.announce();
    await expect.poll(() => heard.map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  test('each lead where the browser refuses locks that it has, and count as open for an hour', async () => {
    const refuse = (): Promise<never> => Promise.reject(new DOMException('no', 'SecurityError'));
    const locks = { request: refuse, query: refuse } as LockManager;
    const leading: number[] = [];
    const tabs = [0, 1].map((index) => {
      const tab = new TabPresence('tabs without locks', locks);
      tab.lead(() => leading.push(index));
      open.push(tab);
      return tab;
    });
    await expect.poll(() => leading).toEqual([0, 1]);
    expect(await tabs[0]?.isOpen('another', Date.now() - 60_000)).toBe(true);
    expect(await tabs[0]?.isOpen('another', Date.now() - 3_600_001)).toBe(false);
  });

  test('each lead where the browser has no locks, and count as open for an hour', async () => {
    const { tabs, leading } = openTabs(2, null);
    expect(leading).toEqual([0, 1]);
    expect(await tabs[0]?.isOpen('another', Date.now() - 60_000)).toBe(true);
    expect(await tabs[0]?.isOpen('another', Date.now() - 3_600_001)).toBe(false);
  });
});

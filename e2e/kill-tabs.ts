import type { CDPSession, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** How many tabs a story kills in all: more where somebody asks for them. */
export function readKillCount(usual: number): number {
  return Number(process.env['CAHIER_KILL_COUNT'] ?? usual);
}

/** By which the moments are chosen; `hint` says how the same ones are had again. */
export function readKillSeed(): { readonly seed: number; readonly hint: string } {
  const seed = Number(process.env['CAHIER_KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
  return { seed, hint: `CAHIER_KILL_SEED=${seed} takes the same moments again` };
}

/** Gives whole numbers at random below a limit; the same ones for the same seed. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  // Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** The processes of all pages. */
async function listPageProcesses(session: CDPSession): Promise<number[]> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Ends the processes of all pages, which need not hear of it: one that stands still does not. */
export async function killTab(page: Page, session: CDPSession): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const killed = await listPageProcesses(session);
  for (const id of killed) process.kill(id, 'SIGKILL');
  await crashed;
  await page.close();
  // One that the browser keeps in reserve would be the next tab's, until it has seen that it is gone.
  await expect
    .poll(async () => (await listPageProcesses(session)).filter((id) => killed.includes(id)))
    .toEqual([]);
}

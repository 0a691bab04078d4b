import { userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import { openWorkspace } from '../testing/open-workspace.ts';
import EmbedPage from './EmbedPage.svelte';

const origin = 'https://cahier.example/#notebook=1.abc';

/** The page around that of a test is its host: it has it in a frame, and scrolls. */
const frame = window.frameElement as HTMLIFrameElement;
let formerStyle = '';

beforeEach(async () => {
  await fitWindow(700, 600);
  formerStyle = frame.style.cssText;
});

afterEach(() => {
  frame.style.cssText = formerStyle;
  window.parent.scrollTo(0, 0);
  vi.restoreAllMocks();
});

/** Settles when nothing more is told. */
async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 600));
}

/** A notebook of many cells, and the heights that are told of it; `obey` has the host set them. */
async function show(count = 8) {
  const cells = Array.from({ length: count }, (_, index) => buildCell(`Step ${index}`));
  const { workspace } = await openWorkspace(buildNotebook([], { title: 'Lesson', cells }));
  const told: number[] = [];
  let last = 0;
  let isObeyed = false;
  vi.spyOn(window.parent, 'postMessage').mockImplementation((message: unknown) => {
    const { height } = message as { height: number };
    told.push(height);
    last = height;
    if (isObeyed) frame.style.height = `${height}px`;
  });
  const screen = await render(EmbedPage, {
    embedded: {
      state: { step: 'open', workspace, origin },
      fetch: () => Promise.resolve(),
    },
    packagesUrl: 'packages.json',
  });
  await expect.element(screen.getByRole('region', { name: `Step ${count - 1}` })).toBeInTheDocument();
  await rest();
  const obey = async (): Promise<void> => {
    isObeyed = true;
    frame.style.height = `${last}px`;
    await rest();
  };
  return { screen, told, obey };
}

/** Whether not all of it is seen through the window of the host, in pixels of the page. */
function reachesOut(locator: Locator, seen: { readonly top: number; readonly bottom: number }): boolean {
  const { top, bottom, height } = locator.element().getBoundingClientRect();
  return height < 40 || top < seen.top || bottom > seen.bottom;
}

test('what is told depends on the content alone: a host that sets it is done in one step', async () => {
  const { screen, told, obey } = await show();
  const page = screen.container.querySelector('.page');
  const measure = (): number => Math.ceil(page?.getBoundingClientRect().height ?? 0);
  await expect.poll(() => (told.at(-1) ?? 0) - measure()).toBe(0);
  const [height = 0] = told.slice(-1);
  told.length = 0;
  for (const other of [100, 2_000, 333]) {
    frame.style.height = `${other}px`;
    await rest();
  }
  await obey();
  expect(told).toEqual([]);
  expect(document.documentElement.scrollHeight).toBe(height);
});

test('a menu and a dialog change nothing of it, and the host page stays where it is', async () => {
  const { screen, told, obey } = await show(30);
  await obey();
  const host = window.parent;
  expect(window.innerHeight).toBeGreaterThan(2 * host.innerHeight);
  const cell = screen.getByRole('region', { name: 'Step 20' });
  const goThere = async (): Promise<void> => {
    cell.element().scrollIntoView({ block: 'center' });
    // Cells that come near are drawn with their editors.
    await rest();
  };
  await goThere();
  await goThere();
  told.length = 0;
  const before = host.scrollY;
  const seen = { top: before, bottom: before + host.innerHeight };

  await cell.getByRole('button', { name: 'More actions' }).click();
  const menu = screen.getByRole('menu');
  await expect.element(menu).toBeVisible();
  expect(reachesOut(menu, seen)).toBe(false);
  await userEvent.keyboard('{Escape}');
  const button = cell.getByRole('button', { name: 'Packages that can be imported' });
  const dialog = screen.getByRole('dialog', { name: 'Packages that can be imported' });
  for (const open of [() => button.click(), () => userEvent.keyboard('{Enter}')]) {
    await open();
    await expect.element(dialog).toBeVisible();
    expect(reachesOut(dialog, seen)).toBe(false);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(button).toHaveFocus();
  }
  expect([host.scrollY, told]).toEqual([before, []]);
});

test('a dialog fits into a low frame, and scrolls within', async () => {
  const { screen, told } = await show(2);
  frame.style.height = '260px';
  await rest();
  told.length = 0;
  const cell = screen.getByRole('region', { name: 'Step 0' });
  await cell.getByRole('button', { name: 'Packages that can be imported' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Packages that can be imported' });
  await expect.element(dialog).toBeVisible();
  await rest();
  expect([window.innerHeight, reachesOut(dialog, { top: 0, bottom: 260 }), told]).toEqual([260, false, []]);
});

import { render } from 'vitest-browser-svelte';
import type { Preview } from '../../../model/preview.ts';
import '../../../ui/tokens.css';
import '../../../ui/base.css';
import { fitWindow } from '../../../ui/testing/mouse.ts';
import PreviewList from '../PreviewList.svelte';
import PreviewView from '../PreviewView.svelte';
import { PreviewStore } from './PreviewStore.ts';

export function previewOf(content: Preview['content'], id: string | null = null): Preview {
  return { id, time: Date.UTC(2026, 0, 2, 3, 4, 5), content };
}

async function makeContainer(width: number): Promise<HTMLElement> {
  // What must be scrolled to beside a frame can lose its press to where the frame stood before.
  await fitWindow();
  document.querySelectorAll('.test-container').forEach((element) => {
    element.remove();
  });
  const container = document.createElement('div');
  container.className = 'test-container';
  container.style.cssText = `width: ${String(width)}px; background: var(--ground)`;
  document.body.append(container);
  return container;
}

/** Draws a preview in a container of its own. */
export async function showPreview(content: Preview['content'], store = new PreviewStore(), width = 700) {
  const container = await makeContainer(width);
  const props = { preview: previewOf(content), reader: store };
  const screen = await render(PreviewView, { target: container, props });
  return {
    screen,
    container,
    store,
    replace: async (next: Preview['content']) => {
      await screen.rerender({ preview: previewOf(next) });
    },
  };
}

export async function showPreviews(previews: readonly Preview[], store = new PreviewStore(), width = 700) {
  const container = await makeContainer(width);
  const screen = await render(PreviewList, { target: container, props: { previews, reader: store } });
  return {
    screen,
    container,
    store,
    replace: async (next: readonly Preview[]) => {
      await screen.rerender({ previews: next });
    },
  };
}

export async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What is counted, once it has stayed the same for a while. */
export async function settle(count: () => number): Promise<number> {
  let before = -1;
  while (count() !== before) {
    before = count();
    await wait(300);
  }
  return before;
}

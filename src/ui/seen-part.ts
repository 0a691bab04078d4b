import type { View } from './find-view.ts';

/** A page around this one may show a strip of it; a dialog gets more than that, in pixels. */
const leastHeight = 240;
/** A tab that is not painted tells nothing: so long is waited, in milliseconds. */
const longestWait = 250;

const [topName, belowName, heightName] = ['--seen-top', '--seen-below', '--seen-height'] as const;

/** Of the window, what the page around this one shows, in pixels; all of it where that is not watched. */
export function readSeenPart(): View {
  const { style } = document.documentElement;
  const read = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
  const top = read(topName);
  return { top, bottom: top + (read(heightName) || window.innerHeight) };
}

/** What of a page in a frame is seen. */
export interface SeenPart {
  /** Finds it out now; settles when it is known. */
  readonly refresh: () => Promise<void>;
  readonly end: () => void;
}

/**
 * Keeps for styles, and for `readSeenPart`, what of this page is seen where a frame shows it that is higher than the window around
 * that: in `--seen-top`, `--seen-below` and `--seen-height`, all in pixels. It is found out whenever somebody does something, as no
 * browser tells of what is scrolled around a frame. While a dialog is open it stays, as the dialog would move with it.
 */
export function watchSeenPart(): SeenPart {
  const stop = new AbortController();
  const { signal } = stop;
  const root = document.documentElement;

  const refresh = async (): Promise<void> => {
    const part = await askSeenPart(root);
    if (part && !signal.aborted && !isDialogOpen()) keepSeenPart(root, part);
  };

  /** The frame got another height: what was seen may reach out of it. */
  const fit = (): void => {
    keepSeenPart(root, readSeenPart());
    void refresh();
  };

  const options = { capture: true, passive: true, signal } as const;
  for (const type of ['pointerdown', 'pointerover', 'keydown', 'focusin'] as const) {
    let isAsked = false;
    window.addEventListener(
      type,
      () => {
        if (isAsked) return;
        isAsked = true;
        void refresh().finally(() => (isAsked = false));
      },
      options,
    );
  }
  window.addEventListener('resize', fit, options);
  void refresh();
  return {
    refresh,
    end: () => {
      stop.abort();
      for (const name of [topName, belowName, heightName]) root.style.removeProperty(name);
    },
  };
}

/** The browser tells what is seen of an element once, when that begins to be watched; null where it does not. */
async function askSeenPart(root: HTMLElement): Promise<View | null> {
  const { promise, resolve } = Promise.withResolvers<View | null>();
  const observer = new IntersectionObserver(([entry]) => {
    const { top = 0, bottom = 0 } = entry?.intersectionRect ?? {};
    resolve(bottom > top ? { top, bottom } : null);
  });
  observer.observe(root);
  const waiting = setTimeout(() => {
    resolve(null);
  }, longestWait);
  try {
    return await promise;
  } finally {
    clearTimeout(waiting);
    observer.disconnect();
  }
}

function keepSeenPart(root: HTMLElement, part: View): void {
  const { innerHeight } = window;
  const height = Math.min(innerHeight, Math.max(leastHeight, part.bottom - part.top));
  const top = Math.min(Math.max(0, part.top), innerHeight - height);
  root.style.setProperty(topName, `${top}px`);
  root.style.setProperty(heightName, `${height}px`);
  root.style.setProperty(belowName, `${innerHeight - top - height}px`);
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

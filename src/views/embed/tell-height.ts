/** How long the content stays lower before that is told, in milliseconds: results of a run that begins anew come back at once. */
const restMs = 250;

/** As much lower, in pixels, is no change: parts of a pixel come and go. */
const slack = 1;

/**
 * Tells the page around this one how high an element is with its content, now and whenever that changes, as
 * `{ type: 'cahier-height', height }` in whole CSS pixels: what is higher at once, what is lower when it has been so for a moment. It may be
 * any page, and is told nothing else. The height must not depend on that of the window, which may be what was told. Returns what
 * ends it.
 */
export function tellHeight(element: HTMLElement): () => void {
  if (window.parent === window) return () => undefined;
  let told = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const measure = (): number => Math.ceil(element.getBoundingClientRect().height);
  const tell = (): void => {
    const height = measure();
    if (height <= told && height >= told - slack) return;
    told = height;
    window.parent.postMessage({ type: 'cahier-height', height }, '*');
  };
  const observer = new ResizeObserver(() => {
    clearTimeout(resting);
    if (measure() < told) resting = setTimeout(tell, restMs);
    else tell();
  });
  observer.observe(element);
  return () => {
    clearTimeout(resting);
    observer.disconnect();
  };
}

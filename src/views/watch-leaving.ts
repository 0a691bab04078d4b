/** Keys by which browsers are told to reload a page or to close its tab, alone or held with another. */
const leavingKeys = new Set(['Control', 'Meta', 'Alt', 'F5']);

/**
 * Tells whenever the reader may be about to leave the page: what is to be saved by then is begun as early as that. Of what
 * is begun when the page goes, browsers drop some: whether a transaction of IndexedDB still ends is a race there.
 */
export function watchLeaving(onLeaving: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const options = { capture: true, signal };
  window.addEventListener(
    'keydown',
    ({ key }) => {
      if (leavingKeys.has(key)) onLeaving();
    },
    options,
  );
  // To what the browser has around the page, or to another window.
  document.documentElement.addEventListener('pointerleave', onLeaving, { signal });
  window.addEventListener('blur', onLeaving, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') onLeaving();
    },
    options,
  );
  window.addEventListener('pagehide', onLeaving, options);
  return () => {
    stop.abort();
  };
}

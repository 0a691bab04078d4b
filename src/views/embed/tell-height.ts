/**
 * Tells the page around this one how high the content of an element is, now and whenever that changes, as
 * `{ type: 'cahier-height', height }` in CSS pixels. It may be any page, and is told nothing else. Returns what ends that.
 */
export function tellHeight(element: HTMLElement): () => void {
  if (window.parent === window) return () => undefined;
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: 'cahier-height', height }, '*');
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
  };
}

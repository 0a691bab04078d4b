import guard from './frame-guard.js?raw';

/** Tells the height of the content, and again when it changes. */
const measuring = `addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(Math.max(root.getBoundingClientRect().height, document.body.scrollHeight * (root.clientHeight < document.body.scrollHeight)));
    if (height !== told) parent.postMessage({ cahierHeight: (told = height) }, '*');
  }).observe(root);
});`;

/**
 * The document of a frame apart: a head of ours, then the content. Ours comes first, so that no part of it can be left open
 * around it; links within the content stay in the frame. No script runs in frames within it (`frame-guard.js`).
 */
export function makeGuardedDocument(content: string): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('');
  const policy = `script-src 'nonce-${nonce}' 'unsafe-eval'; worker-src blob:`;
  return `<!doctype html><base href="about:srcdoc"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${guard}</script>${content}`;
}

/** HTML of a script as such a document, which tells its height. */
export function makeFrameDocument(html: string): string {
  return makeGuardedDocument(
    `<meta name="color-scheme" content="light"><script>${measuring}</script>${html}`,
  );
}

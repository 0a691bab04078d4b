/**
 * Runs before anything of the content: takes away WebRTC, which the frame's policy speaks of and no browser heeds
 * yet. A frame within the frame has it again, so nobody is promised that nothing gets out.
 * https://www.w3.org/TR/CSP3/#directive-webrtc
 */
export const closing = `<script>for (const name of Object.getOwnPropertyNames(self)) if (/RTC/.test(name)) delete self[name];</script>`;

/** Tells the height of the content, and again when it changes. */
const measuring = `<script>addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(Math.max(root.getBoundingClientRect().height, document.body.scrollHeight * (root.clientHeight < document.body.scrollHeight)));
    if (height !== told) parent.postMessage({ cahierHeight: (told = height) }, '*');
  }).observe(root);
});</script>`;

const head = `<!doctype html><base href="about:srcdoc"><meta charset="utf-8"><meta name="color-scheme" content="light">`;

/**
 * HTML of a script as the document of a frame that stands apart. Ours comes first, so that no part of it can be left open
 * around it; links within the text stay in the frame.
 */
export function makeFrameDocument(html: string): string {
  return `${head}${closing}${measuring}${html}`;
}

import type { Page } from '@playwright/test';

/** Records a film of half a second in the browser: 64 × 48 pixels of one green; WebM, as Base64. */
export async function recordFilm(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [64, 48];
    const drawing = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const isOver = new Promise((resolve) => {
      recorder.addEventListener('stop', resolve);
    });
    // A canvas that nothing is drawn on has no frames.
    const drawingTimer = setInterval(() => {
      if (!drawing) return;
      drawing.fillStyle = 'rgb(0 160 60)';
      drawing.fillRect(0, 0, 64, 48);
    }, 20);
    recorder.start();
    setTimeout(() => {
      recorder.stop();
    }, 500);
    await isOver;
    clearInterval(drawingTimer);
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
}

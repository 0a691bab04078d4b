/** A drawing has no pixels of its own: so many are made of each of the page. */
const drawingDensity = 2;

/**
 * Puts an image on the clipboard, as PNG whatever it is; `drawn` shows it. Rejects with a sentence for the reader where the
 * browser refuses.
 */
export async function copyImage(content: Blob, drawn: HTMLImageElement): Promise<void> {
  // Browsers want to be asked while the press on the button is fresh, and wait for the picture themselves.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(content, drawn) })]);
}

async function toPng(content: Blob, drawn: HTMLImageElement): Promise<Blob> {
  if (content.type === 'image/png') return content;
  const isDrawing = content.type.startsWith('image/svg');
  const bitmap = isDrawing ? null : await createImageBitmap(content);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap?.width ?? drawn.naturalWidth * drawingDensity;
  canvas.height = bitmap?.height ?? drawn.naturalHeight * drawingDensity;
  canvas.getContext('2d')?.drawImage(bitmap ?? drawn, 0, 0, canvas.width, canvas.height);
  bitmap?.close();
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The image is too large for that. Download it.'));
    }, 'image/png');
  });
}

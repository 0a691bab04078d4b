import type { ImageMediaType } from '../../model/job.ts';

const endings: Record<ImageMediaType, string> = { 'image/png': '.png', 'image/jpeg': '.jpg' };

/** A file name for an image: its own, without what file systems refuse, and with the right ending. */
export function createDownloadName(name: string, mediaType: ImageMediaType): string {
  const ending = endings[mediaType];
  const safe = name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').slice(0, 100);
  return safe.toLowerCase().endsWith(ending) ? safe : safe + ending;
}

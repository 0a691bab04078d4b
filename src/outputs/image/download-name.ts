import type { ImageMediaType } from '../../model/job.ts';
import { createFileName } from '../file-name.ts';

const endings: Record<ImageMediaType, string> = { 'image/png': '.png', 'image/jpeg': '.jpg' };

/** A file name for an image: its own, without what file systems refuse, and with the right ending. */
export function createDownloadName(name: string, mediaType: ImageMediaType): string {
  return createFileName(name, endings[mediaType]);
}

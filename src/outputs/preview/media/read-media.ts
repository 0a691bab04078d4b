import type { MediaSource, StoredValue } from '../../../model/preview.ts';
import type { PreviewReader } from '../PreviewReader.ts';

export type MediaKind = 'image' | 'video' | 'audio';

/**
 * The bytes of an image, a film or a sound, under a media type of that kind: whatever else it claims to be, it is never
 * opened as a page. Nothing is copied. Rejects with a sentence for the reader.
 */
export async function readMedia(
  source: MediaSource<StoredValue>,
  kind: MediaKind,
  reader: PreviewReader,
): Promise<Blob> {
  if ('data' in source) return retype(await reader.readValue(source.data), source.mediaType, kind);
  const content = await fetchMedia(source.url, kind, reader);
  return retype(content, content.type, kind);
}

async function fetchMedia(url: string, kind: MediaKind, reader: PreviewReader): Promise<Blob> {
  const { protocol } = parseAddress(url) ?? { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return await reader.fetchRemote(url);
  if (protocol !== 'data:') {
    throw new Error(`This ${kind} has an address that leads nowhere here: “${url.slice(0, 200)}”.`);
  }
  try {
    return await (await fetch(url)).blob();
  } catch (error) {
    throw new Error(`This ${kind} has an address whose data cannot be read.`, { cause: error });
  }
}

function parseAddress(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

function retype(content: Blob, mediaType: string, kind: MediaKind): Blob {
  const name = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  const type = name.startsWith(`${kind}/`) || name === 'application/ogg' ? mediaType : '';
  return content.type === type ? content : content.slice(0, content.size, type);
}

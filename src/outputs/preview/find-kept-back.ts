import type { MediaSource, Preview } from '../../model/preview.ts';

/** What is not shown of a preview as long as its notebook is not trusted. */
export interface KeptBack {
  /** What kind of thing it is, as the start of a sentence. */
  readonly what: string;
  /** The address that it would be asked for at; null where there is none, or more than one. */
  readonly address: string | null;
}

/**
 * What of a preview runs scripts or asks other hosts, which nothing does before its notebook is trusted; null where nothing
 * does. A specification of Vega-Lite may be drawn: its interpreter makes no code of it, and loads nothing. Plotly makes code.
 */
export function findKeptBack(content: Preview['content']): KeptBack | null {
  switch (content.type) {
    case 'html':
      return { what: 'HTML, which can run scripts', address: null };
    case 'plotly':
      return { what: 'A plot of Plotly, which runs scripts', address: null };
    case 'iframe':
      return { what: 'A page of another site', address: content.url };
    case 'remote':
      return { what: 'A text on another host', address: content.url };
    case 'video':
    case 'audio': {
      const address = findRemote(content.source);
      return address === null ? null : { what: `${words[content.type]} on another host`, address };
    }
    case 'image':
      return keepImages(content.images.flatMap((source) => findRemote(source) ?? []));
    case 'table':
    case 'text':
    case 'json':
    case 'markdown':
    case 'csv':
    case 'vega-lite':
    case 'other':
    case 'problem':
      return null;
  }
}

const words = { video: 'A video', audio: 'A sound' } as const;

/** The address on another host that a source is at; null where it is at hand. */
export function findRemote<Content>(source: MediaSource<Content>): string | null {
  if ('data' in source || !URL.canParse(source.url)) return null;
  return /^https?:$/.test(new URL(source.url).protocol) ? source.url : null;
}

function keepImages(addresses: readonly string[]): KeptBack | null {
  const [first = null] = addresses;
  if (first === null) return null;
  return addresses.length === 1
    ? { what: 'An image on another host', address: first }
    : { what: `${addresses.length} images on other hosts`, address: null };
}

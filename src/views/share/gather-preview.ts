import type { MediaSource, Preview, StoredValue } from '../../model/preview.ts';
import { measureImage } from '../../outputs/image/measure-image.ts';
import { readMedia } from '../../outputs/preview/media/read-media.ts';
import { renderForPage } from '../../outputs/preview/markdown/render-for-page.ts';
import { previewLabel } from '../../outputs/preview/preview-label.ts';
import { readText } from '../../outputs/preview/text/read-text.ts';
import type { PagePart } from '../../page/page-content.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { formatBytes } from '../../shared/format-bytes.ts';
import { embedPicture } from './gather-chart.ts';
import type { PageTools } from './page-tools.ts';
import { readPageTable } from './read-page-table.ts';

export type JobReader = ReturnType<NotebookSession['results']['createJobReader']>;

/** So much of a text is shown in a page, in bytes. */
const mostTextBytes = 20_000;
/** Markdown and HTML are shown whole or not at all. */
const mostDocumentBytes = 500_000;

/** What a job previewed, as parts of a page. Rejects with the end of a sentence. */
export async function gatherPreview(
  preview: Preview,
  reader: JobReader,
  tools: PageTools,
): Promise<PagePart[]> {
  const { content } = preview;
  const label = previewLabel(preview);
  switch (content.type) {
    case 'table': {
      const source = await reader.previews.openTable(content.table);
      try {
        const table = await readPageTable(source, label, tools.signal);
        return content.isShortened && table.type === 'table'
          ? [{ ...table, rowCount: content.rowCount }]
          : [table];
      } finally {
        source.close();
      }
    }
    case 'text':
      return [await readPageText(content.text, label, content.language, reader)];
    case 'json':
    case 'other':
      return [await readPageText(content.text, label, 'json', reader)];
    case 'csv':
      return [await readPageText(content.text, label, null, reader)];
    case 'markdown':
      return [{ type: 'markdown', html: renderForPage(await readWhole(content.text, reader), 3) }];
    case 'html':
      return [{ type: 'document', label, html: await readWhole(content.text, reader) }];
    case 'image':
      return await Promise.all(content.images.map((source) => gatherImage(source, reader, tools)));
    case 'vega-lite':
      return [await embedPicture(await readWhole(content.text, reader), label, null, tools)];
    case 'iframe':
      return [{ type: 'address', label, url: content.url }];
    case 'remote':
      return [{ type: 'address', label, url: content.url }];
    case 'problem':
      return [{ type: 'remark', text: content.problem }];
    case 'plotly':
      throw new Error('plots of Plotly are drawn in Cahier alone');
    case 'video':
    case 'audio':
      throw new Error('it plays in Cahier alone');
  }
}

async function gatherImage(
  source: MediaSource<StoredValue>,
  reader: JobReader,
  { room }: PageTools,
): Promise<PagePart> {
  if (!('data' in source) && !/^data:/i.test(source.url)) {
    return { type: 'address', label: 'Image', url: source.url };
  }
  const content = await readMedia(source, 'image', reader.previews);
  const alt = ('alt' in source && source.alt) || 'Image';
  return await embedImage(
    content,
    { name: '', alt, density: 'density' in source ? source.density : undefined },
    room,
  );
}

/** An image of a page. Rejects with the end of a sentence. */
export async function embedImage(
  content: Blob,
  {
    name,
    alt,
    density = 1,
  }: { readonly name: string; readonly alt: string; readonly density?: number | undefined },
  room: PageTools['room'],
): Promise<PagePart> {
  if (!/^image\/[a-z0-9.+-]+$/i.test(content.type)) throw new Error('it is of no known type of images');
  const size = await measureImage(content);
  const image = await room.take(content, content.type);
  return { type: 'image', name, alt, image, width: size && size.width / density };
}

async function readPageText(
  text: StoredValue,
  label: string,
  language: string | null,
  reader: JobReader,
): Promise<PagePart> {
  const read = await readText(await reader.previews.readValue(text), mostTextBytes);
  const cut = read.isWhole
    ? null
    : `The first ${formatBytes(mostTextBytes)} of ${formatBytes(text.byteSize)}.`;
  return { type: 'text', label, language, text: read.text, cut };
}

async function readWhole(text: StoredValue, reader: JobReader): Promise<string> {
  if (text.byteSize > mostDocumentBytes) {
    throw new Error(`it has ${formatBytes(text.byteSize)}, which is too much for a page`);
  }
  return await (await reader.previews.readValue(text)).text();
}

import type { Preview } from '../../model/preview.ts';

const typeNames: Record<Exclude<Preview['content']['type'], 'remote'>, string> = {
  table: 'Table',
  text: 'Text',
  json: 'JSON',
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  markdown: 'Markdown',
  html: 'HTML',
  csv: 'CSV',
  iframe: 'Site',
  plotly: 'Plot',
  'vega-lite': 'Chart',
  other: 'Other',
  problem: 'Not shown',
};

/** What a preview is called: `Table`, `Image · progress`. */
export function previewLabel({ id, content }: Preview): string {
  const type = content.type === 'remote' ? content.shownAs : content.type;
  const name = content.type === 'image' && content.images.length !== 1 ? 'Images' : typeNames[type];
  return id === null ? name : `${name} · ${id}`;
}

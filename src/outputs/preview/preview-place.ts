import { assertNever } from '../../shared/assert-never.ts';
import type { Preview } from '../../model/preview.ts';
import { tableHeight } from './table/table-height.ts';

/** CSS pixels that are kept free for a preview until it is drawn: about what it will take. */
export function guessHeight({ content }: Preview): number {
  const captionHeight = 28;
  switch (content.type) {
    case 'table':
      return captionHeight + tableHeight(content.table.summary);
    case 'text':
    case 'json':
    case 'markdown':
    case 'csv':
    case 'other':
      return captionHeight + Math.min(500, 56 + Math.ceil(content.text.byteSize / 80) * 18);
    case 'image':
      return captionHeight + 268;
    case 'video':
      return captionHeight + 300;
    case 'audio':
      return captionHeight + 84;
    case 'html':
      return captionHeight + 188;
    case 'iframe':
      return captionHeight + 120;
    case 'remote':
      return captionHeight + 188;
    case 'problem':
      return captionHeight + 40;
    case 'plotly':
      return captionHeight + 450;
    case 'vega-lite':
      return captionHeight + 300;
    default:
      return assertNever(content);
  }
}

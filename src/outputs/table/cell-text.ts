import { findHits } from '../../data/search-hits.ts';
import type { ShownCell } from './TableView.svelte.ts';

/** A cell's text on one line: a break of lines is a sign, as a cell has one line only. */
export function oneLine({ kind, text }: ShownCell): string {
  return kind === 'text' ? text.replace(/\r\n|[\n\r\u2028\u2029]/g, '⏎') : text;
}

/** Parts of a cell's text that are to be marked, or not. */
export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A cell's text on one line, in parts: those that were searched for, and what stands around them. */
export function markHits(cell: ShownCell, wanted: string): TextPart[] {
  const text = oneLine(cell);
  const parts: TextPart[] = [];
  let end = 0;
  for (const hit of findHits(cell.kind, text, wanted)) {
    parts.push(
      { text: text.slice(end, hit.start), isHit: false },
      { text: text.slice(hit.start, hit.end), isHit: true },
    );
    end = hit.end;
  }
  parts.push({ text: text.slice(end), isHit: false });
  return parts.filter((part) => part.text !== '');
}

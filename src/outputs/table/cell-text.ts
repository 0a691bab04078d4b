import type { ShownCell } from './TableView.svelte.ts';

/** A cell's text on one line: a break of lines is a sign, as a cell has one line only. */
export function oneLine({ kind, text }: ShownCell): string {
  return kind === 'text' ? text.replace(/\r\n|[\n\r\u2028\u2029]/g, '⏎') : text;
}

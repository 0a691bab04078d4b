import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';

/** A piece of one line that has one colour; `kind` is a part of its class name, '' for plain text. */
export interface ColoredPiece {
  readonly text: string;
  readonly kind: string;
}

const highlighter = tagHighlighter([
  { tag: tags.keyword, class: 'keyword' },
  { tag: tags.controlKeyword, class: 'keyword' },
  { tag: tags.operatorKeyword, class: 'keyword' },
  { tag: tags.definitionKeyword, class: 'keyword' },
  { tag: tags.moduleKeyword, class: 'keyword' },
  { tag: [tags.bool, tags.null], class: 'keyword' },
  { tag: [tags.string, tags.special(tags.string), tags.escape], class: 'string' },
  { tag: tags.number, class: 'number' },
  { tag: tags.comment, class: 'comment' },
  { tag: tags.meta, class: 'meta' },
]);

/** The lines of a Python source in coloured pieces. Any text has them, also one with mistakes. */
export function highlightPython(source: string): ColoredPiece[][] {
  let line: ColoredPiece[] = [];
  const lines = [line];
  highlightCode(
    source,
    parser.parse(source),
    highlighter,
    (text, kind) => line.push({ text, kind }),
    () => {
      line = [];
      lines.push(line);
    },
  );
  return lines;
}

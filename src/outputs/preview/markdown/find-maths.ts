import type { MarkdownIt } from 'markdown-it';

/** Kinds of tokens that stand for a formula: in a line, or in a paragraph of its own. */
export const mathsTokens = { inline: 'math_inline', block: 'math_block' } as const;

/**
 * Teaches the parser formulas as notebooks write them: `$…$` in a line, `$$…$$` on lines of their own or in one. A
 * dollar before a space, after one, or before a digit is a price.
 */
export function findMaths(parser: MarkdownIt): void {
  parser.inline.ruler.after('escape', mathsTokens.inline, (state, silent) => {
    const { src, pos } = state;
    if (src.charAt(pos) !== '$') return false;
    const isDisplayed = src.charAt(pos + 1) === '$';
    const mark = isDisplayed ? '$$' : '$';
    const start = pos + mark.length;
    const end = findEnd(src, start, mark);
    if (end < 0) return false;
    if (!isDisplayed && !isTight(src, start, end)) return false;
    if (!silent) {
      const token = state.push(mathsTokens.inline, 'math', 0);
      token.content = src.slice(start, end);
      token.markup = mark;
    }
    state.pos = end + mark.length;
    return true;
  });

  parser.block.ruler.before(
    'fence',
    mathsTokens.block,
    (state, startLine, endLine, silent) => {
      const lineAt = (line: number) =>
        state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
      const first = lineAt(startLine).trim();
      if (!first.startsWith('$$')) return false;
      const parts: string[] = [];
      let line = startLine;
      let rest = first.slice(2);
      while (!rest.trimEnd().endsWith('$$')) {
        parts.push(rest);
        line += 1;
        if (line >= endLine) return false;
        rest = lineAt(line);
      }
      if (silent) return true;
      parts.push(rest.trimEnd().slice(0, -2));
      const token = state.push(mathsTokens.block, 'math', 0);
      token.block = true;
      token.content = parts.join('\n');
      token.map = [startLine, line + 1];
      state.line = line + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}

function findEnd(text: string, start: number, mark: string): number {
  for (let end = text.indexOf(mark, start); end >= 0; end = text.indexOf(mark, end + 1)) {
    if (text.charAt(end - 1) !== '\\' && end > start) return end;
  }
  return -1;
}

function isTight(text: string, start: number, end: number): boolean {
  return (
    !/\s/.test(text.charAt(start)) && !/\s/.test(text.charAt(end - 1)) && !/\d/.test(text.charAt(end + 1))
  );
}

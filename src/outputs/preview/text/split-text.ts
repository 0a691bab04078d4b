/**
 * Cuts a long text into pieces of at most `limit` UTF-16 units that are laid out one by one, at ends of lines where
 * there are any. A piece that ends with its line is without the break.
 */
export function splitText(text: string, limit = 16_000): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const rest = text.length - start;
    if (rest <= limit) {
      pieces.push(text.slice(start));
      break;
    }
    // Looked for within the piece alone: in a text without lines each search would go back to its beginning.
    const lineEnd = start + text.slice(start, start + limit + 1).lastIndexOf('\n');
    if (lineEnd >= start) {
      pieces.push(text.slice(start, lineEnd));
      start = lineEnd + 1;
    } else {
      const end = start + limit - (isPairHead(text.charCodeAt(start + limit - 1)) ? 1 : 0);
      pieces.push(text.slice(start, end));
      start = end;
    }
  }
  return pieces;
}

/** Whether a unit is the first of the two that make one sign together. */
function isPairHead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

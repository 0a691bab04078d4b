/** A text without what would make it wider or narrower than the number of its characters. */
const plain = /^[\x20-\x7e]*$/;

/** What has no width of its own, or goes with what stands before it: marks, joiners, the second half of a flag. */
const joining = /[\p{M}\u200b-\u200d\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}]/u;
const joiner = '\u200d';

/** East Asian characters and emoji, which take two columns. https://www.unicode.org/reports/tr11/ */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** As browsers have it where nothing else is said. */
const tabWidth = 8;

/**
 * A text in pieces that are no wider than a number of columns of a font in which all characters have one width. It breaks
 * after spaces, one of which may hang over, and within a word only where that alone is wider.
 */
export function wrapText(text: string, columns: number): string[] {
  if (fits(text, columns)) return [text];
  const isPlain = plain.test(text);
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = isPlain ? Math.min(text.length, start + columns) : findEnd(text, start, columns);
    const next = end === text.length ? end : findBreak(text, start, end);
    pieces.push(text.slice(start, next));
    start = next;
  }
  return pieces;
}

/** Whether a text is one piece; said of most without looking at their characters. */
function fits(text: string, columns: number): boolean {
  if (2 * text.length <= columns && !text.includes('\t')) return true;
  return text.length <= columns && plain.test(text);
}

/** Where what follows the last space begins; `end` where the piece would be nothing but spaces. */
function findBreak(text: string, start: number, end: number): number {
  if (text[end] === ' ') return end + 1;
  const space = text.lastIndexOf(' ', end - 1);
  return space > start && text.slice(start, space).trim() !== '' ? space + 1 : end;
}

/** How far a piece goes that holds as many characters as there are columns for, and one at least. */
function findEnd(text: string, start: number, columns: number): number {
  let width = 0;
  let end = start;
  let before = '';
  for (const character of characters(text, start)) {
    const isJoined = end > start && (before === joiner || joining.test(character));
    if (!isJoined) {
      width += widthOf(character, width);
      if (width > columns && end > start) return end;
    }
    before = character;
    end += character.length;
  }
  return end;
}

function* characters(text: string, start: number): Generator<string> {
  for (let place = start; place < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(place) ?? 0);
    yield character;
    place += character.length;
  }
}

function widthOf(character: string, before: number): number {
  if (character === '\t') return tabWidth - (before % tabWidth);
  return wide.test(character) ? 2 : 1;
}

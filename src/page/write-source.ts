import { highlightJson } from '../editor/highlight-json.ts';
import { highlightPython } from '../editor/highlight-python.ts';
import { escapeHtml } from './escape-html.ts';

/** Colours of a longer text would take the page's thread for long. */
const longestColoured = 200_000;

/** A text in a language, coloured where that is known. */
export function writeSource({
  language,
  text,
}: {
  readonly language: string;
  readonly text: string;
}): string {
  return `<pre class="source" tabindex="0" role="region" aria-label="Source"><code>${colour(language, text)}</code></pre>\n`;
}

/** A text with its colours as HTML. */
export function colour(language: string | null, text: string): string {
  const highlight = language === 'python' ? highlightPython : language === 'json' ? highlightJson : null;
  if (!highlight || text.length > longestColoured) return escapeHtml(text);
  return highlight(text)
    .map((line) => line.map(({ kind, text: piece }) => writePiece(kind, piece)).join(''))
    .join('\n');
}

function writePiece(kind: string, text: string): string {
  const escaped = escapeHtml(text);
  return kind === '' ? escaped : `<span class="${kind}">${escaped}</span>`;
}

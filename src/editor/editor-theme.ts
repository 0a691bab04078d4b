import { invariant } from '../shared/invariant.ts';
import type { Monaco } from './monaco.ts';

export const editorThemeName = 'cahier';

/** Gives the editor the colours of the page, as they are now in `tokens.css`. */
export function applyEditorTheme(monaco: typeof Monaco): void {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string): string => toHex(styles.getPropertyValue(name).trim());
  const isDark = styles.colorScheme === 'dark';
  monaco.editor.defineTheme(editorThemeName, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: color('--ink').slice(1) },
      { token: 'keyword', foreground: color('--code-keyword').slice(1) },
      { token: 'string', foreground: color('--code-string').slice(1) },
      { token: 'string.escape', foreground: color('--code-string').slice(1) },
      { token: 'identifier', foreground: color('--ink').slice(1) },
      { token: 'number', foreground: color('--code-number').slice(1) },
      { token: 'comment', foreground: color('--code-comment').slice(1) },
      { token: 'tag', foreground: color('--code-definition').slice(1) },
      ...['delimiter', 'delimiter.parenthesis', 'delimiter.bracket', 'delimiter.curly'].map((token) => ({
        token,
        foreground: color('--ink').slice(1),
      })),
    ],
    colors: {
      'editor.background': color('--ground'),
      'editor.foreground': color('--ink'),
      'editorLineNumber.foreground': color('--ink-soft'),
      'editorLineNumber.activeForeground': color('--ink'),
      'editor.selectionBackground': color('--selection'),
      'editorCursor.foreground': color('--action'),
      'editorWidget.background': color('--raised'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
    },
  });
  monaco.editor.setTheme(editorThemeName);
}

/** A colour in the six digits that Monaco reads, however it was written or rewritten by the build. */
function toHex(color: string): string {
  const context = document.createElement('canvas').getContext('2d');
  invariant(context, 'the browser draws');
  context.fillStyle = color;
  return context.fillStyle;
}

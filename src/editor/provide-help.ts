import type { Monaco } from './monaco.ts';

/** What may be written in a place of a text, as offsets into it. */
export interface HelpCompletion {
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly {
    readonly label: string;
    readonly text: string;
    readonly kind: 'property' | 'value' | 'column';
    /** Markdown. */
    readonly description: string;
  }[];
}

/** Who knows what a text may hold. */
export interface SourceHelp {
  complete(text: string, offset: number): Promise<HelpCompletion | null>;
  /** Markdown of what stands there. */
  describe(
    text: string,
    offset: number,
  ): Promise<{ readonly start: number; readonly end: number; readonly text: string } | null>;
}

/** Has the editor offer the help for one text; returns what ends that. */
export function provideHelp(
  monaco: typeof Monaco,
  model: Monaco.editor.ITextModel,
  help: SourceHelp,
): () => void {
  const language = model.getLanguageId();
  const rangeOf = (start: number, end: number): Monaco.IRange => {
    const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
    return {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
  };
  const { Property, Value, Field } = monaco.languages.CompletionItemKind;
  const kinds = { property: Property, value: Value, column: Field };
  const completing = monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['"', ':', ' '],
    provideCompletionItems: async (asked, position) => {
      if (asked !== model) return { suggestions: [] };
      const found = await help.complete(model.getValue(), model.getOffsetAt(position)).catch(() => null);
      if (!found || model.isDisposed()) return { suggestions: [] };
      const range = rangeOf(found.start, found.end);
      return {
        suggestions: found.suggestions.map(({ label, text, kind, description }) => ({
          label,
          kind: kinds[kind],
          insertText: text,
          // What is typed begins with a quotation mark.
          filterText: JSON.stringify(label),
          // Columns first, then in the order of the schema.
          sortText: kind === 'column' ? `0${label}` : `1${label}`,
          // An empty one would be shown as an empty box.
          ...(description !== '' && { documentation: { value: description } }),
          range,
        })),
      };
    },
  });
  const hovering = monaco.languages.registerHoverProvider(language, {
    provideHover: async (asked, position) => {
      if (asked !== model) return null;
      const note = await help.describe(model.getValue(), model.getOffsetAt(position)).catch(() => null);
      if (!note || model.isDisposed()) return null;
      return { range: rangeOf(note.start, note.end), contents: [{ value: note.text }] };
    },
  });
  return () => {
    completing.dispose();
    hovering.dispose();
  };
}

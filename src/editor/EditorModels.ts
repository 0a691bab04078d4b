import { createContext } from 'svelte';
import type { CellId } from '../model/ids.ts';
import type { SourceLanguage } from './editor-types.ts';
import type { Monaco } from './monaco.ts';

interface KeptModel {
  readonly model: Monaco.editor.ITextModel;
  viewState: Monaco.editor.ICodeEditorViewState | null;
}

/**
 * The text of every cell that was edited, with its undo steps, cursor and folds, so that they are still there
 * when the one editor comes back to the cell.
 */
export class EditorModels {
  readonly #kept = new Map<CellId, KeptModel>();

  /** The model of a cell, with this text. A cell has one language for good. */
  get(monaco: typeof Monaco, cellId: CellId, source: string, language: SourceLanguage): KeptModel {
    const known = this.#kept.get(cellId);
    if (known) {
      setText(known.model, source);
      return known;
    }
    const kept: KeptModel = { model: monaco.editor.createModel(source, language), viewState: null };
    kept.model.setEOL(monaco.editor.EndOfLineSequence.LF);
    kept.model.updateOptions({
      tabSize: language === 'python' ? 4 : 2,
      insertSpaces: true,
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    this.#kept.set(cellId, kept);
    return kept;
  }

  dispose(): void {
    for (const { model } of this.#kept.values()) model.dispose();
    this.#kept.clear();
  }
}

/** Changes a model's text from outside, as a step that can be undone. */
export function setText(model: Monaco.editor.ITextModel, source: string): void {
  if (model.getValue() === source) return;
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: source }], () => null);
}

export const [getEditorModels, setEditorModels] = createContext<EditorModels>();

import { createCell } from '../model/create-cell.ts';
import { isSamePlace } from '../model/connections.ts';
import { findCircle, listDependents, listSources } from '../model/dataflow.ts';
import { applyEdit, type Edit } from '../model/edits.ts';
import type { Connection } from '../model/handles.ts';
import type { CellId } from '../model/ids.ts';
import { renameInCell, type ModelRename } from '../model/model-renames.ts';
import {
  cellKindNames,
  createFreeTitle,
  findCell,
  type Cell,
  type CellKind,
  type Notebook,
} from '../model/notebook.ts';
import { Autosave } from './Autosave.ts';
import type { ModelRenames } from './ModelRenames.ts';
import type { Notices } from './Notices.svelte.ts';

/** What the editor of a notebook works with. */
export interface EditorServices {
  readonly notices: Notices;
  /** Told of every change to the notebook, and of the edit that made it. */
  readonly onChange: (notebook: Notebook, edit: Edit) => void;
  /** Told of every edit that a person made, with the edit that takes it back, before any of it is saved. */
  readonly onEdited: (edit: Edit, inverse: Edit) => void;
  /** Saves the notebook; a failure is told by whoever does it. */
  readonly save: (notebook: Notebook) => void;
  /** Takes an edit back in whichever session the notebook is open then. */
  readonly takeBack: (inverse: Edit) => void;
  readonly stopCell: (cellId: CellId) => void;
  /** Why the notebook can only be read here, as a sentence; null where it can be changed. */
  readonly findRefusal: () => string | null;
  /** Those of the workspace. */
  readonly renames: ModelRenames;
}

/** What was done last, and could be taken back. */
interface Step {
  readonly inverse: Edit;
  /** The source that a form gave to a cell, null for all else: what was typed over it since is not to be lost. */
  readonly formSource: string | null;
}

/** Says what to do where a notebook cannot be changed in this tab. */
export const readOnlyRefusal =
  'This notebook is open in another tab. Press “Edit here” to change and run it in this one.';

/** What was written in an open notebook: changed by edits, saved soon, and taken back. */
export class NotebookEditor {
  readonly #services: EditorServices;
  readonly #autosave: Autosave<Notebook>;
  #notebook: Notebook;
  /** As it was saved by itself last. */
  #saved: Notebook;
  /** Newest last. */
  #past: Step[] = [];
  #isDisposed = false;

  constructor(notebook: Notebook, services: EditorServices) {
    this.#services = services;
    this.#notebook = $state.raw(notebook);
    this.#saved = notebook;
    this.#autosave = new Autosave((changed) => {
      this.#saved = changed;
      // What jobs changed of it is stored with them.
      if (services.findRefusal() === null) services.save(changed);
    });
  }

  get notebook(): Notebook {
    return this.#notebook;
  }

  /** Makes an edit and saves it soon. Returns the edit that takes it back, null when nothing changed. */
  edit(edit: Edit): Edit | null {
    if (this.#refuse()) return null;
    const inverse = this.apply(edit);
    // Typing is taken back where it is typed: an editor knows its steps.
    const isTyping = edit.type === 'set-source' || edit.type === 'set-requirements';
    if (inverse && !isTyping) this.#past.push({ inverse, formSource: null });
    if (inverse) this.#services.onEdited(edit, inverse);
    return inverse;
  }

  /** Sets a source that a form wrote, which is a step of its own. */
  writeByForm(cellId: CellId, source: string): void {
    const inverse = this.edit({ type: 'set-source', cellId, source });
    if (inverse) this.#past.push({ inverse, formSource: source });
  }

  /** Takes an edit back, by what it gave; it is no step of its own that could be taken back in turn. */
  takeBack(inverse: Edit): void {
    if (this.#refuse()) return;
    this.#past = this.#past.filter((step) => step.inverse !== inverse);
    this.apply(this.#services.renames.renew(inverse));
  }

  /** Takes back the last change to the notebook's structure that still can be. */
  undo(): void {
    if (this.#refuse()) return;
    for (let step = this.#past.pop(); step; step = this.#past.pop()) {
      const { inverse, formSource } = step;
      const written = inverse.type === 'set-source' ? findCell(this.#notebook, inverse.cellId) : undefined;
      if (written && 'source' in written && written.source !== formSource) continue;
      // A cell that goes may have been typed in since it was added: it goes as any other, with an offer.
      const added = inverse.type === 'remove-cell' ? findCell(this.#notebook, inverse.cellId) : undefined;
      if (added) this.deleteCell(added);
      if (added || this.apply(this.#services.renames.renew(inverse))) return;
    }
  }

  /** Adds a cell at a position; returns its id. */
  addCell(kind: CellKind, index: number): CellId {
    const titles = this.#notebook.cells.map((cell) => cell.title);
    const cell = createCell(kind, createFreeTitle(cellKindNames[kind], titles));
    this.edit({ type: 'add-cell', cell, index, connections: [] });
    return cell.id;
  }

  /** Makes an edit that is no step to be taken back. Returns the edit that takes it back, null when nothing changed. */
  apply(edit: Edit): Edit | null {
    const result = this.#isDisposed ? null : applyEdit(this.#notebook, edit);
    if (!result) return null;
    this.#notebook = { ...result.notebook, changedAt: Date.now() };
    this.#services.onChange(this.#notebook, edit);
    this.#autosave.schedule(this.#notebook);
    this.#services.renames.note(result.inverse);
    return result.inverse;
  }

  /** Takes over how models are called now. It is no step that could be taken back: models would be named that are not there. */
  takeNames(renames: readonly ModelRename[]): void {
    for (const cell of this.#notebook.cells) {
      const renamed = renameInCell(cell, renames);
      if (renamed === cell || renamed.kind !== 'data-generator') continue;
      const { id, kind, configuration } = renamed;
      this.apply({ type: 'configure-cell', cellId: id, kind, configuration });
    }
  }

  /** Connects an output to an input. Returns why it was not, as a sentence; null when it was. */
  connect(connection: Connection): string | null {
    const others = this.#notebook.connections.filter(({ to }) => !isSamePlace(to, connection.to));
    const circle = findCircle(others, connection);
    if (circle) return `That would close a circle: ${circle.map((id) => this.#nameCell(id)).join(' → ')}.`;
    this.edit({ type: 'connect', connection });
    return null;
  }

  /**
   * Connects an output to an input that it was dropped on, and tells by a notice why it did not, until another is
   * connected or the notebook is left; or what the input was connected to, which can be taken back.
   */
  connectOrTell(connection: Connection): void {
    const { to, from } = connection;
    const replaced = this.#notebook.connections.find((each) => isSamePlace(each.to, to));
    const problem = this.connect(connection);
    if (problem !== null) {
      this.#services.notices.refuse(problem);
      return;
    }
    this.#services.notices.settleRefusal();
    if (replaced && !isSamePlace(replaced.from, from)) {
      const before = `“${replaced.from.handle}” of ${this.#nameCell(replaced.from.cellId)}`;
      this.offerUndo(`“${to.handle}” of ${this.#nameCell(to.cellId)} was connected to ${before}.`, {
        type: 'connect',
        connection: replaced,
      });
    }
  }

  /** Takes a handle away, says what was connected to it, and offers to bring it back. */
  removeHandle(edit: Edit, name: string): void {
    const before = this.#notebook.connections.length;
    const inverse = this.edit(edit);
    if (!inverse) return;
    const cut = before - this.#notebook.connections.length;
    const cutText =
      cut === 0 ? '' : cut === 1 ? ' One connection went with it.' : ` ${cut} connections went with it.`;
    this.offerUndo(`“${name}” was removed.${cutText}`, inverse);
  }

  /** Says why nothing can be changed here; whether that is so. */
  #refuse(): boolean {
    const refusal = this.#services.findRefusal();
    if (refusal !== null) this.#services.notices.refuse(refusal);
    return refusal !== null;
  }

  #nameCell(cellId: CellId): string {
    return `“${findCell(this.#notebook, cellId)?.title ?? 'a cell that is gone'}”`;
  }

  /** Deletes a cell, stopping it first, and offers to bring it back. */
  deleteCell(cell: Cell): void {
    this.#services.stopCell(cell.id);
    const lost = listDependents(this.#notebook, [cell.id]).filter((id) =>
      listSources(this.#notebook, id).includes(cell.id),
    );
    const inverse = this.edit({ type: 'remove-cell', cellId: cell.id });
    if (!inverse) return;
    const lostText =
      lost.length === 0 ? '' : ` ${lost.map((id) => this.#nameCell(id)).join(', ')} took from it.`;
    this.offerUndo(`“${cell.title}” was deleted.${lostText}`, inverse);
  }

  /** Says what went, and offers to bring it back. */
  offerUndo(text: string, inverse: Edit): void {
    this.#services.notices.offer(text, {
      label: 'Undo',
      run: () => {
        this.#services.takeBack(inverse);
      },
    });
  }

  /** Shows the notebook as another tab has stored it; what was done here before cannot be taken back any more. */
  follow(notebook: Notebook): void {
    this.#notebook = notebook;
    this.#saved = notebook;
    this.#past = [];
    this.#autosave.drop();
  }

  /** Whether nothing of it is saved by itself for now. */
  get isHeld(): boolean {
    return this.#autosave.isHeld;
  }

  /** What of it may be saved now. */
  get savable(): Notebook {
    return this.isHeld ? this.#saved : this.#notebook;
  }

  hold(): void {
    this.#autosave.hold();
  }

  goOn(): void {
    this.#autosave.goOn();
  }

  saveNow(): void {
    this.#autosave.flush();
  }

  /** What waits to be saved is saved, and nothing changes any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#services.notices.settleRefusal();
    this.#autosave.flush();
  }
}

import type { Edit } from '../model/edits.ts';
import { renameInEdit, type ModelRename } from '../model/model-renames.ts';

/**
 * What models were renamed while the page is open. Edits that take others back are made before, and made again with the names
 * that hold now: a step that is undone brings no reference back that leads nowhere.
 */
export class ModelRenames {
  readonly #renames: ModelRename[] = [];
  /** How many there were when an edit was made. */
  readonly #counts = new WeakMap<Edit, number>();

  add(renames: readonly ModelRename[]): void {
    this.#renames.push(...renames);
  }

  /** Notes that an edit was made with the names that hold now. */
  note(edit: Edit): void {
    this.#counts.set(edit, this.#renames.length);
  }

  /** An edit that was noted, with the names that hold now; any other as it is. */
  renew(edit: Edit): Edit {
    const count = this.#counts.get(edit) ?? this.#renames.length;
    return renameInEdit(edit, this.#renames.slice(count));
  }
}

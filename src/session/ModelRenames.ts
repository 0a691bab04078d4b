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

  get count(): number {
    return this.#renames.length;
  }

  /** Those that came after there were so many. */
  listSince(count: number): readonly ModelRename[] {
    return this.#renames.slice(count);
  }

  add(renames: readonly ModelRename[]): void {
    this.#renames.push(...renames);
  }

  /** Notes that an edit was made with the names that hold now. */
  note(edit: Edit): void {
    this.#counts.set(edit, this.count);
  }

  /** An edit that was noted, with the names that hold now; any other as it is. */
  renew(edit: Edit): Edit {
    const count = this.#counts.get(edit) ?? this.count;
    return renameInEdit(edit, this.listSince(count));
  }
}

// Longer than most files: all that is done with models, in one short method after the other.
import type { ModelGroupId, ModelId } from '../model/ids.ts';
import { noKnownModels, type KnownModels, type VersionKey } from '../model/known-models.ts';
import {
  deleteModel,
  deleteVersion,
  emptyModelTrash,
  noteModel,
  noteVersion,
  removeModel,
  removeVersion,
  renameModel,
  restoreModel,
  restoreVersion,
  rollBack,
  type ModelEdit,
} from '../model/model-edits.ts';
import {
  addToGroup,
  deleteGroup,
  removeFromGroup,
  renameGroup,
  restoreGroup,
} from '../model/model-group-edits.ts';
import { indexModels, type ModelIndex } from '../model/model-index.ts';
import type { ModelRename } from '../model/model-renames.ts';
import {
  describeGroupLoss,
  describeGroupRename,
  describeModelLoss,
  describeModelRename,
} from '../model/model-notices.ts';
import {
  listGroupUses,
  listModelUses,
  mergeUses,
  type GroupUse,
  type ModelUse,
} from '../model/model-uses.ts';
import type { Notebook } from '../model/notebook.ts';
import type { Profile } from '../model/profile.ts';
import type { ModelVersion } from '../model/trained-model.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface ModelServices {
  readonly storage: Pick<
    Storage,
    'loadModels' | 'changeModels' | 'watchModels' | 'readBlob' | 'loadNotebooks'
  >;
  readonly notices: Notices;
  /** All of the workspace, those in the trash too. */
  readonly getNotebooks: () => readonly Notebook[];
  /** As whom versions are rolled back. */
  readonly getActiveProfile: () => Profile;
  /** Writes at once what waits to be saved of notebooks. */
  readonly saveNow: () => void;
  /** Has all notebooks of this tab take over new names; what is stored of them has them already. */
  readonly takeNames: (renames: readonly ModelRename[]) => void;
}

/**
 * The models of the workspace, in whichever tab they are changed. What changes them gives a sentence that says why it did
 * not; null where it did.
 */
export class ModelRepository {
  readonly #services: ModelServices;
  #known = $state.raw<KnownModels>(noKnownModels);
  #isLoaded = $state(false);
  readonly #index = $derived(indexModels(this.#known));
  #loading: Promise<void> | null = null;
  /** The reading that waits for the one before. */
  #next: Promise<void> | null = null;
  /** How often it was read or changed: what was read before a change comes too late. */
  #turn = 0;
  readonly #toldProblems = new Set<string>();

  constructor(services: ModelServices) {
    this.#services = services;
    services.storage.watchModels((renames) => {
      services.takeNames(renames);
      void this.refresh();
    });
  }

  /** None until they were read. */
  get known(): KnownModels {
    return this.#known;
  }

  /** The same, arranged for being looked up. */
  get index(): ModelIndex {
    return this.#index;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Reads what is stored, once; never rejects. */
  load(): Promise<void> {
    this.#loading ??= this.#read();
    return this.#loading;
  }

  /** Reads what is stored anew, as after a job that saved models; never rejects. */
  refresh(): Promise<void> {
    // One that waits to begin will see all that was changed until then.
    this.#next ??= this.load().then(() => {
      this.#next = null;
      this.#loading = this.#read();
      return this.#loading;
    });
    return this.#next;
  }

  /** Takes what was found to be stored. */
  take(known: KnownModels): void {
    this.#turn += 1;
    this.#known = known;
  }

  /** Removes for good what has been in the trash for long enough at that time, in milliseconds since 1970. */
  async emptyTrash(now = Date.now()): Promise<void> {
    await this.load();
    if (emptyModelTrash(this.#known, now) === null) return;
    await this.#change((known) => succeed(emptyModelTrash(known, now) ?? {}));
  }

  /** The cells that load or save a model. */
  listUses(id: ModelId): ModelUse[] {
    return this.#listUsesIn(this.#services.getNotebooks(), id);
  }

  /** The cells that save a model, or a group, under this name, whether there is one or not. */
  listSavers(what: 'model' | 'group', name: string): (ModelUse | GroupUse)[] {
    const notebooks = this.#services.getNotebooks();
    return what === 'group'
      ? listGroupUses(notebooks, name).filter(({ reasons }) => reasons.includes('save'))
      : listModelUses(notebooks, name, []).filter(({ reasons }) =>
          reasons.some(({ type }) => type === 'save'),
        );
  }

  /** The cells that load or save a group. */
  listGroupUses(id: ModelGroupId): GroupUse[] {
    const group = this.#index.groupsById.get(id);
    return group ? listGroupUses(this.#services.getNotebooks(), group.name) : [];
  }

  async rename(id: ModelId, name: string): Promise<string | null> {
    const before = this.#index.byId.get(id)?.model.name;
    const uses = this.listUses(id);
    const problem = await this.#change((known) => renameModel(known, id, name, Date.now()));
    const after = this.#index.byId.get(id)?.model.name;
    if (problem !== null || before === undefined || after === undefined || before === after) return problem;
    this.#offer(id, describeModelRename(before, after, uses), () => this.rename(id, before));
    return null;
  }

  setNotes(id: ModelId, notes: string): Promise<string | null> {
    return this.#change((known) => noteModel(known, id, notes, Date.now()));
  }

  setVersionNotes(key: VersionKey, notes: string): Promise<string | null> {
    return this.#change((known) => noteVersion(known, key, notes));
  }

  /** Puts a model into the trash, and offers to bring it back. */
  async delete(id: ModelId): Promise<string | null> {
    const name = this.#nameModel(id);
    const uses = await this.#listAllUses(id);
    if (!uses.isOk) return uses.problem;
    const problem = await this.#change((known) => deleteModel(known, id, uses.value, Date.now()));
    if (problem !== null) return problem;
    this.#offer(id, describeModelLoss(name, uses.value, { isLastVersion: false }), () => this.restore(id));
    return null;
  }

  restore(id: ModelId): Promise<string | null> {
    return this.#settle(id, (known) => restoreModel(known, id, Date.now()));
  }

  /** Removes a model that is in the trash for good, which frees its room. */
  removeForGood(id: ModelId): Promise<string | null> {
    return this.#settle(id, (known) => removeModel(known, id));
  }

  /** Puts a version into the trash, with its model where it has no other, and offers to bring it back. */
  async deleteVersion(key: VersionKey): Promise<string | null> {
    const name = this.#nameModel(key.modelId);
    const uses = await this.#listAllUses(key.modelId);
    if (!uses.isOk) return uses.problem;
    const problem = await this.#change((known) => deleteVersion(known, key, uses.value, Date.now()));
    if (problem !== null) return problem;
    if (this.#index.byId.get(key.modelId)?.model.deletedAt === null) {
      this.#offer(key.modelId, `Version ${key.number} of “${name}” was moved to the trash.`, () =>
        this.restoreVersion(key),
      );
    } else {
      const text = describeModelLoss(name, uses.value, { isLastVersion: true });
      this.#offer(key.modelId, text, () => this.restore(key.modelId));
    }
    return null;
  }

  restoreVersion(key: VersionKey): Promise<string | null> {
    return this.#settle(key.modelId, (known) => restoreVersion(known, key, Date.now()));
  }

  /** Removes a version that is in the trash for good, which frees its room. */
  removeVersionForGood(key: VersionKey): Promise<string | null> {
    return this.#settle(key.modelId, (known) => removeVersion(known, key));
  }

  /** Makes an older version the newest again, as one more, and offers to delete that. */
  async rollBack(key: VersionKey): Promise<string | null> {
    const { id, username } = this.#services.getActiveProfile();
    const problem = await this.#change((known) =>
      rollBack(known, key, { now: Date.now(), profile: { id, username } }),
    );
    const newest = this.#index.byId.get(key.modelId)?.versions[0];
    if (problem !== null || newest?.origin.type !== 'rollback') return problem;
    const { modelId, number } = newest;
    const text = `Version ${key.number} of “${this.#nameModel(modelId)}” is the newest again, as version ${number}.`;
    this.#offer(modelId, text, async () => {
      const uses = await this.#listAllUses(modelId);
      if (!uses.isOk) return uses.problem;
      return await this.#change((known) => deleteVersion(known, { modelId, number }, uses.value, Date.now()));
    });
    return null;
  }

  async renameGroup(id: ModelGroupId, name: string): Promise<string | null> {
    const before = this.#index.groupsById.get(id)?.name;
    const uses = this.listGroupUses(id);
    const problem = await this.#change((known) => renameGroup(known, id, name, Date.now()));
    const after = this.#index.groupsById.get(id)?.name;
    if (problem !== null || before === undefined || after === undefined || before === after) return problem;
    this.#offer(id, describeGroupRename(before, after, uses), () => this.renameGroup(id, before));
    return null;
  }

  addToGroup(id: ModelGroupId, modelId: ModelId): Promise<string | null> {
    return this.#change((known) => addToGroup(known, id, modelId, Date.now()));
  }

  /** Takes a model out of a group, and offers to put it back where it was, if it is still there. */
  async removeFromGroup(id: ModelGroupId, modelId: ModelId): Promise<string | null> {
    const group = this.#index.groupsById.get(id);
    const problem = await this.#change((known) => removeFromGroup(known, id, modelId, Date.now()));
    const name = this.#nameModel(modelId);
    if (problem !== null || !group || name === '') return problem;
    const index = group.modelIds.indexOf(modelId);
    this.#offer(id, `“${name}” was taken out of the group “${group.name}”.`, () =>
      this.#change((known) => addToGroup(known, id, modelId, Date.now(), index)),
    );
    return null;
  }

  /** Deletes a group, whose models stay, and offers to bring it back. */
  async deleteGroup(id: ModelGroupId): Promise<string | null> {
    const group = this.#index.groupsById.get(id);
    const uses = this.listGroupUses(id);
    const problem = await this.#change((known) => deleteGroup(known, id));
    if (problem !== null || !group) return problem;
    this.#offer(id, describeGroupLoss(group.name, uses), () =>
      this.#change((known) => restoreGroup(known, group)),
    );
    return null;
  }

  /** The pickle of a version; the problem is a sentence. */
  async readPickle({ modelId, number, blob }: ModelVersion): Promise<Result<Blob, string>> {
    const what = `Version ${number} of “${this.#nameModel(modelId)}”`;
    try {
      const found = await this.#services.storage.readBlob(blob);
      if (found) return succeed(found);
      return fail(
        `${what} is not in this browser's storage any more: its pickle is missing. Delete the version.`,
      );
    } catch (error) {
      return fail(`${what} cannot be read (${toMessage(error)}). Reload the page and try again.`);
    }
  }

  #listUsesIn(notebooks: readonly Notebook[], id: ModelId): ModelUse[] {
    const found = this.#index.byId.get(id);
    // Cells go by names, and those in the trash may be another's by now.
    if (!found || found.model.deletedAt !== null) return [];
    const groups = found.groups.map(({ name }) => name);
    return listModelUses(notebooks, found.model.name, groups);
  }

  /** Also those of notebooks as another tab has stored them, which this one may know as they were. */
  async #listAllUses(id: ModelId): Promise<Result<ModelUse[], string>> {
    try {
      const { values } = await this.#services.storage.loadNotebooks();
      return succeed(mergeUses(this.listUses(id), this.#listUsesIn(values, id)));
    } catch (error) {
      return fail(
        `Which cells load “${this.#nameModel(id)}” cannot be read (${toMessage(error)}). Nothing was changed. Reload the page and try again.`,
      );
    }
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { known, problems } = await this.#services.storage.loadModels();
      for (const problem of problems) this.#tellOnce(problem);
      if (turn === this.#turn) this.#known = known;
      this.#isLoaded = true;
    } catch (error) {
      this.#tellOnce(`The models of this workspace cannot be read (${toMessage(error)}). Reload the page.`);
    }
  }

  /** What is stored is changed, and then what is shown: there is nothing to be put right where it fails. */
  async #change(edit: (known: KnownModels) => ModelEdit): Promise<string | null> {
    const { storage, saveNow, takeNames } = this.#services;
    let renames: readonly ModelRename[] = [];
    saveNow();
    const changed = await storage.changeModels((known) => {
      const changes = edit(known);
      renames = changes.isOk ? (changes.value.renames ?? []) : [];
      return changes;
    });
    if (changed.isOk) {
      this.take(changed.value);
      if (renames.length > 0) takeNames(renames);
      return null;
    }
    const { kind, message } = changed.problem;
    if (kind === 'refused') return message;
    const reason = kind === 'full' ? 'this browser has no room left' : message;
    return `That could not be stored: ${reason}. Nothing was changed. Try again.`;
  }

  /** Changes a model in a way that leaves nothing to take back of what was done with it before. */
  async #settle(id: ModelId, edit: (known: KnownModels) => ModelEdit): Promise<string | null> {
    const problem = await this.#change(edit);
    if (problem === null) this.#services.notices.settle(id);
    return problem;
  }

  #offer(id: ModelId | ModelGroupId, text: string, takeBack: () => Promise<string | null>): void {
    const { notices } = this.#services;
    const run = (): void => {
      void takeBack().then((problem) => {
        if (problem !== null) notices.tell(problem);
      });
    };
    notices.offer(text, { label: 'Undo', run }, id);
  }

  #nameModel(id: ModelId): string {
    return this.#index.byId.get(id)?.model.name ?? '';
  }

  #tellOnce(problem: string): void {
    if (this.#toldProblems.has(problem)) return;
    this.#toldProblems.add(problem);
    this.#services.notices.tell(problem);
  }
}

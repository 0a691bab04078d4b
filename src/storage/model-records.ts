import type { WorkspaceId } from '../model/ids.ts';
import { changeKnown, isSameVersion, type KnownModels, type ModelChanges } from '../model/known-models.ts';
import type { ModelVersion, TrainedModel } from '../model/trained-model.ts';
import { renameInNotebook, type ModelRename } from '../model/model-renames.ts';
import { listNotebookBlobs } from '../model/notebook.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { dropUnnamedImports } from './drop-imports.ts';
import { dropUnused, type Stores, type WriteTransaction } from './job-records.ts';
import { parseModelGroup, parseModelVersion, parseNotebook, parseTrainedModel } from './parse-records.ts';
import { sortFound } from './sort-found.ts';
import type { CommittedModels, Found, FoundModels, JobWithLog } from './Storage.ts';
import { isOfWorkspace } from './workspace-list.ts';

/** What is read of a transaction, be it one that writes or not. */
interface ModelsTransaction {
  readonly objectStore: (name: 'models' | 'modelVersions' | 'modelGroups') => ModelsStore;
}

interface ModelsStore {
  readonly getAll: (range: IDBKeyRange | null, count: number) => Promise<readonly unknown[]>;
  readonly getAllKeys: (range: IDBKeyRange | null, count: number) => Promise<readonly IDBValidKey[]>;
}

/** How many records are read at once: more would keep the page from answering while they are looked at. */
const partSize = 500;

/** The stores that `readModels` and `writeModels` need. */
export const modelStores: Stores = [
  'models',
  'modelVersions',
  'modelGroups',
  'blobs',
  'jobs',
  'sessions',
  'notebooks',
  'imports',
];

/** What is stored of the models of a workspace, or of all for null, as far as it can be understood. */
export async function readModels(
  transaction: ModelsTransaction,
  of: WorkspaceId | null,
): Promise<FoundModels> {
  const isOwn = (record: unknown): boolean => isOfWorkspace(record, of);
  const models = await readInParts(transaction.objectStore('models'), parseTrainedModel, 'model', isOwn);
  const others = new Set<unknown>(models.passedOver);
  const isOfOwn = (_version: unknown, key: IDBValidKey): boolean =>
    !others.has(Array.isArray(key) ? key[0] : null);
  const [versions, groups] = await Promise.all([
    readInParts(transaction.objectStore('modelVersions'), parseModelVersion, 'version of a model', isOfOwn),
    readInParts(transaction.objectStore('modelGroups'), parseModelGroup, 'model group', isOwn),
  ]);
  return {
    known: {
      models: countUnread(models.values, versions.keys),
      versions: versions.values,
      groups: groups.values,
    },
    problems: [...models.problems, ...versions.problems, ...groups.problems],
  };
}

/** Numbers of versions that cannot be read were given as well: no other version may get one. */
function countUnread(models: readonly TrainedModel[], keys: readonly IDBValidKey[]): readonly TrainedModel[] {
  const greatest = new Map<unknown, number>();
  for (const key of keys) {
    const [modelId, number]: readonly unknown[] = Array.isArray(key) ? key : [];
    // Keys of a model come in the order of their numbers.
    if (Number.isSafeInteger(number)) greatest.set(modelId, Number(number));
  }
  return models.map((model) => {
    const lastNumber = Math.max(model.lastNumber, greatest.get(model.id) ?? 0);
    return lastNumber === model.lastNumber ? model : { ...model, lastNumber };
  });
}

interface FoundInParts<Value> extends Found<Value> {
  /** Of all records, in their order. */
  readonly keys: readonly IDBValidKey[];
  /** The keys of those that are not wanted. */
  readonly passedOver: readonly IDBValidKey[];
}

async function readInParts<Value>(
  store: ModelsStore,
  parse: (record: unknown) => Result<Value, string>,
  what: string,
  isWanted: (record: unknown, key: IDBValidKey) => boolean,
): Promise<FoundInParts<Value>> {
  const values: Value[] = [];
  const allKeys: IDBValidKey[] = [];
  const passedOver: IDBValidKey[] = [];
  const problems: string[] = [];
  let range: IDBKeyRange | null = null;
  for (;;) {
    const [records, keys]: readonly [readonly unknown[], readonly IDBValidKey[]] = await Promise.all([
      store.getAll(range, partSize),
      store.getAllKeys(range, partSize),
    ]);
    const isPicked = keys.map((key, index) => isWanted(records[index], key));
    const wanted = records.filter((_record, index) => isPicked[index]);
    passedOver.push(...keys.filter((_key, index) => !isPicked[index]));
    const found = sortFound(wanted, parse, what);
    values.push(...found.values);
    problems.push(...found.problems);
    allKeys.push(...keys);
    if (keys.length < partSize) return { values, problems, keys: allKeys, passedOver };
    range = IDBKeyRange.lowerBound(keys.at(-1), true);
  }
}

/**
 * Pickles and imports that nothing names any more go with the records that did; the workspace's notebooks follow new names. A version that is not among
 * the known ones is added: the transaction fails where its number is another's.
 */
export async function writeModels(
  transaction: WriteTransaction,
  changes: ModelChanges,
  known: KnownModels,
  of: WorkspaceId | null,
): Promise<void> {
  const [models, versions, groups] = [
    transaction.objectStore('models'),
    transaction.objectStore('modelVersions'),
    transaction.objectStore('modelGroups'),
  ] as const;
  const gone: ModelVersion[] = [];
  for (const id of changes.removedModels ?? []) {
    for (const version of await versions.index('by-model').getAll(id)) {
      gone.push(version);
      await versions.delete([version.modelId, version.number]);
    }
    await models.delete(id);
  }
  for (const { modelId, number } of changes.removedVersions ?? []) {
    const version = await versions.get([modelId, number]);
    if (version) gone.push(version);
    await versions.delete([modelId, number]);
  }
  for (const id of changes.removedGroups ?? []) await groups.delete(id);
  for (const model of changes.models ?? []) await models.put(model);
  for (const version of changes.versions ?? []) {
    if (known.versions.some((each) => isSameVersion(each, version))) await versions.put(version);
    else await versions.add(version);
  }
  for (const group of changes.groups ?? []) await groups.put(group);
  const { renames = [] } = changes;
  if (renames.length > 0) await renameInNotebooks(transaction, renames, of);
  await dropUnused(
    transaction,
    gone.map(({ blob }) => blob),
  );
  await dropUnnamedImports(transaction, gone);
}

/** In all notebooks of the workspace, those of the trash as well; one that cannot be read is left as it is. */
async function renameInNotebooks(
  transaction: WriteTransaction,
  renames: readonly ModelRename[],
  of: WorkspaceId | null,
): Promise<void> {
  const store = transaction.objectStore('notebooks');
  for (const record of await store.getAll()) {
    if (!isOfWorkspace(record, of)) continue;
    const parsed = parseNotebook(record);
    const renamed = parsed.isOk ? renameInNotebook(parsed.value, renames) : null;
    if (renamed) await store.put({ ...renamed, blobs: listNotebookBlobs(renamed) });
  }
}

/** Puts what a job saves of models by what is there now, or nothing where that is refused. */
export async function putModels(
  transaction: WriteTransaction,
  { saveModels }: Pick<JobWithLog, 'saveModels'>,
  of: WorkspaceId | null,
): Promise<CommittedModels> {
  if (!saveModels) return succeed(null);
  const { known } = await readModels(transaction, of);
  const saving = saveModels(known);
  if (!saving.isOk) return fail({ kind: 'refused', message: saving.problem });
  const { changes, saved } = saving.value;
  await writeModels(transaction, changes, known, of);
  return succeed({ saved, known: changeKnown(known, changes) });
}

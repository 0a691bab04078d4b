import type { ModelGroupId, ModelId } from './ids.ts';
import type { KnownModels } from './known-models.ts';
import type { ModelEdit } from './model-edits.ts';
import { createFreeName, findNameProblem } from './model-names.ts';
import type { ModelGroup } from './trained-model.ts';
import { fail, succeed } from '../shared/result.ts';

const gone = fail('The model group is not there any more: it was deleted in another tab.');

/** Gives a group another name, which the rows of cells that name it take over. */
export function renameGroup(known: KnownModels, id: ModelGroupId, wanted: string, now: number): ModelEdit {
  const group = findGroupById(known, id);
  if (!group) return gone;
  const name = wanted.trim();
  if (name === group.name) return succeed({});
  const problem = findNameProblem('model group', name, listNames(known));
  if (problem !== null) return fail(problem);
  return succeed({
    groups: [{ ...group, name, changedAt: now }],
    renames: [{ what: 'group', from: group.name, to: name }],
  });
}

/** Adds a model as the last of a group, or, to take its removal back, where it was. */
export function addToGroup(
  known: KnownModels,
  id: ModelGroupId,
  modelId: ModelId,
  now: number,
  index = Infinity,
): ModelEdit {
  const group = findGroupById(known, id);
  if (!group) return gone;
  if (!known.models.some((model) => model.id === modelId)) return fail('The model is not there any more.');
  if (group.modelIds.includes(modelId)) return succeed({});
  const modelIds = [...group.modelIds.slice(0, index), modelId, ...group.modelIds.slice(index)];
  return succeed({ groups: [{ ...group, modelIds, changedAt: now }] });
}

export function removeFromGroup(
  known: KnownModels,
  id: ModelGroupId,
  modelId: ModelId,
  now: number,
): ModelEdit {
  const group = findGroupById(known, id);
  if (!group) return gone;
  const modelIds = group.modelIds.filter((each) => each !== modelId);
  return succeed({ groups: [{ ...group, modelIds, changedAt: now }] });
}

/** Deletes a group; its models stay. */
export function deleteGroup(known: KnownModels, id: ModelGroupId): ModelEdit {
  return findGroupById(known, id) ? succeed({ removedGroups: [id] }) : gone;
}

/** Takes the deletion of a group back, under a free name where another one has its own now, with the models left of it. */
export function restoreGroup(known: KnownModels, group: ModelGroup): ModelEdit {
  const name = createFreeName(group.name, listNames(known));
  const modelIds = group.modelIds.filter((id) => known.models.some((model) => model.id === id));
  return succeed({ groups: [{ ...group, name, modelIds }] });
}

function findGroupById({ groups }: KnownModels, id: ModelGroupId): ModelGroup | undefined {
  return groups.find((group) => group.id === id);
}

function listNames({ groups }: KnownModels): string[] {
  return groups.map(({ name }) => name);
}

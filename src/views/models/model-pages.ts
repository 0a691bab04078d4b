import { createContext } from 'svelte';
import type { ModelGroupId, ModelId } from '../../model/ids.ts';

/** A model, or a group, of which all is shown. */
export type ModelGoal =
  { readonly type: 'model'; readonly id: ModelId } | { readonly type: 'group'; readonly id: ModelGroupId };

/** The way to the models of the workspace: to one of them, or to the list. */
export const [getModelPages, setModelPages] = createContext<{
  readonly open: (goal: ModelGoal | null) => void;
}>();

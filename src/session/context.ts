import { createContext } from 'svelte';
import type { Workspace } from './Workspace.svelte.ts';

/** The workspace that the views show. */
export const [getWorkspace, setWorkspace] = createContext<Workspace>();

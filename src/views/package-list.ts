import { createContext } from 'svelte';
import type { NotebookSession } from '../session/NotebookSession.svelte.ts';

/** The way from a cell to the lists of what it can import. */
export const [getPackageList, setPackageList] = createContext<{
  readonly open: () => void;
  readonly openForStatements: (session: NotebookSession) => void;
}>();

import { createContext } from 'svelte';

/** The way from a cell to the list of packages. */
export const [getPackageList, setPackageList] = createContext<{ readonly open: () => void }>();

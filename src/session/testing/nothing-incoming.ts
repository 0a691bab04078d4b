import type { IncomingTools } from '../IncomingFiles.svelte.ts';

/** For tests into which no workspace file comes. */
export const nothingIncoming: IncomingTools = {
  createReader: () => ({ read: () => Promise.reject(new Error('no file is read in these tests')) }),
  fetchFile: () => Promise.reject(new Error('nothing is fetched in these tests')),
};

/* eslint-disable no-console -- the one door to the console */

/** Where the program speaks to whoever opens the browser's console. */
export const logger = {
  warn: (message: string, cause?: unknown) => {
    console.warn(`[cahier] ${message}`, ...(cause === undefined ? [] : [cause]));
  },
  error: (message: string, cause?: unknown) => {
    console.error(`[cahier] ${message}`, ...(cause === undefined ? [] : [cause]));
  },
};

// @ts-check
import { writeServiceWorker } from './write-service-worker.mjs';

/**
 * Puts the service worker into the built site, which lists the files of the site and so comes after all of them. A site that is
 * being developed has none.
 * @returns {import('vite').Plugin}
 */
export function serviceWorker() {
  return {
    name: 'cahier:service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) throw new Error('The site is built into a folder.');
        await writeServiceWorker(dir);
      },
    },
  };
}

// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from '../project.mjs';
import { describeSite, serviceWorkerName } from './site-manifest.mjs';

const moduleName = 'virtual:site-manifest';
const resolvedName = `\0${moduleName}`;

/**
 * Writes the service worker of a built site into its folder, and the id of the build into its page.
 * @param {string} folder
 */
export async function writeServiceWorker(folder) {
  const { manifest, page } = describeSite(folder);
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, serviceWorkerName), await bundle(manifest));
}

/**
 * @param {import('./site-manifest.mjs').SiteManifest} manifest
 * @returns {Promise<string>} one script that imports nothing
 */
async function bundle(manifest) {
  const built = await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'warn',
    publicDir: false,
    plugins: [
      {
        name: 'cahier:site-manifest',
        resolveId: (id) => (id === moduleName ? resolvedName : undefined),
        load: (id) =>
          id === resolvedName ? `export const manifest = ${JSON.stringify(manifest)};` : undefined,
      },
    ],
    build: {
      target: 'es2024',
      write: false,
      rolldownOptions: {
        input: join(projectFolder, 'src', 'service-worker', 'entry.ts'),
        output: { format: 'iife', entryFileNames: serviceWorkerName },
      },
    },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const [script] = outputs;
  if (outputs.length !== 1 || script?.type !== 'chunk') {
    throw new Error(
      `The service worker is to be one script, and became ${outputs.map((file) => file.fileName).join(', ')}.`,
    );
  }
  return script.code;
}

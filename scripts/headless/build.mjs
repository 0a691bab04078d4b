// @ts-check
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { isMainModule, projectFolder } from '../project.mjs';
import { pythonSite } from '../site/python-site-plugin.mjs';
import { ensureWheels } from '../wheels.mjs';

/**
 * Builds what runs notebooks without a page: its own entry, those of its threads, and the files that Python starts from.
 * @param {string} folder which is emptied first
 */
export async function buildHeadless(folder) {
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'warn',
    base: './',
    plugins: [svelte({ configFile: false }), pythonSite()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      rollupOptions: {
        input: {
          main: 'src/headless/main.ts',
          kernel: 'src/headless/worker/kernel.ts',
          tables: 'src/headless/worker/tables.ts',
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  });
}

if (isMainModule(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder to build into.');
  await ensureWheels();
  await buildHeadless(folder);
}

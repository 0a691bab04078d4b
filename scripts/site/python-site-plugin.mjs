// @ts-check
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { sdkFolder } from './archives/sources.mjs';
import { collectPythonFiles } from './python-files.mjs';

const moduleName = 'virtual:python-site';
const resolvedName = `\0${moduleName}`;

const contentTypes = new Map([
  ['js', 'text/javascript'],
  ['mjs', 'text/javascript'],
  ['json', 'application/json'],
  ['wasm', 'application/wasm'],
]);

/**
 * Puts Pyodide, the packages that were found and the SDK into the site, and tells the page of them in a module.
 * @returns {import('vite').Plugin}
 */
export function pythonSite() {
  /** @type {ReturnType<typeof collectPythonFiles> | undefined} */
  let collected;
  const collect = () => (collected ??= collectPythonFiles());
  return {
    name: 'cahier:python-site',
    resolveId: (id) => (id === moduleName ? resolvedName : undefined),
    async load(id) {
      if (id !== resolvedName) return undefined;
      return `export const pythonSite = ${JSON.stringify((await collect()).description)};`;
    },
    async writeBundle({ dir }) {
      if (dir === undefined) throw new Error('The site is built into a folder.');
      for (const file of (await collect()).files) {
        const target = join(dir, file.path);
        mkdirSync(dirname(target), { recursive: true });
        if ('from' in file) copyFileSync(file.from, target);
        else writeFileSync(target, file.content);
      }
    },
    configureServer(server) {
      server.watcher.add(sdkFolder).on('all', (_event, path) => {
        if (!path.startsWith(sdkFolder + sep) || !path.endsWith('.py')) return;
        collected = undefined;
        const described = server.moduleGraph.getModuleById(resolvedName);
        if (described) server.moduleGraph.invalidateModule(described);
        server.ws.send({ type: 'full-reload' });
      });
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
        if (!path.startsWith('pyodide/') && !path.startsWith('python/')) {
          next();
          return;
        }
        collect().then(({ files }) => {
          const file = files.find((candidate) => candidate.path === path);
          if (!file) {
            next();
            return;
          }
          const type = contentTypes.get(path.split('.').at(-1) ?? '') ?? 'application/octet-stream';
          response.setHeader('content-type', type);
          response.end('from' in file ? readFileSync(file.from) : file.content);
        }, next);
      });
    },
  };
}

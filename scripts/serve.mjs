// @ts-check
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainModule, projectFolder } from './project.mjs';
import { answer, endWithText } from './serve/answer.mjs';
import { CompressedFiles } from './serve/compression.mjs';
import { listenOnFreePort } from './serve/listen.mjs';

export const builtFolder = join(projectFolder, 'dist');
export const defaultPort = 4173;

/** @typedef {{ url: string, port: number, close: () => Promise<void> }} RunningServer */

/**
 * Serves a folder on this machine only, as a static host would.
 * @param {object} [options]
 * @param {string} [options.directory] the built site when not given
 * @param {number} [options.port] the next free one is taken when it is in use; 0 lets the system choose
 * @param {string} [options.base] a path such as '/some/where/'; what lies outside of it is not found
 * @param {Record<string, string>} [options.headers] sent with every answer, for those who want to see a host that sets some
 * @returns {Promise<RunningServer>}
 * @throws {Error} when the folder has no index.html or no port is free
 */
export async function startServer({
  directory = builtFolder,
  port = defaultPort,
  base = '/',
  headers = {},
} = {}) {
  if (!existsSync(join(directory, 'index.html'))) {
    throw new Error(`There is no index.html in ${directory}. Build the site first: npm run build`);
  }
  const site = { directory: resolve(directory), base: withSlashes(base), compressed: new CompressedFiles() };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(site, request, response).catch((error) => {
      // A client that goes away in the middle is no error of ours.
      if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      console.error(`${request.method} ${request.url}:`, error);
      if (response.headersSent) response.destroy();
      else endWithText(request, response, 500);
    });
  });
  const actualPort = await listenOnFreePort(server, port);
  return {
    url: `http://localhost:${actualPort}${site.base}`,
    port: actualPort,
    close: () => close(server),
  };
}

/**
 * @param {string} base
 * @returns {string}
 */
function withSlashes(base) {
  return `/${base}/`.replace(/\/+/g, '/');
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
function close(server) {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    // Browsers keep connections open that they may use again.
    server.closeAllConnections();
  });
}

/**
 * Serves the built site and says where, until the process ends.
 * @param {string[]} commandArguments
 * @returns {Promise<void>}
 * @throws {Error} when the arguments make no sense or the site cannot be served
 */
export async function serve(commandArguments) {
  const { values } = parseArgs({
    args: commandArguments,
    options: { port: { type: 'string' }, base: { type: 'string' }, directory: { type: 'string' } },
  });
  const port = Number(values.port ?? process.env['PORT'] ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('The port must be 0 to 65535');
  const { url } = await startServer({ ...values, port });
  console.log(`Cahier is at ${url}`);
}

if (isMainModule(import.meta.url)) {
  try {
    await serve(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

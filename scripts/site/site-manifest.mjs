// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The service worker lists the others, and is fetched by the browser itself. */
export const serviceWorkerName = 'service-worker.js';

const pageName = 'index.html';

/** @typedef {{ path: string, size: number, hash: string }} SiteFile */
/** @typedef {{ buildId: string, files: SiteFile[], openingPaths: string[] }} SiteManifest */

/**
 * What a built site consists of, and its page with the id of the build written into it.
 * @param {string} folder
 * @returns {{ manifest: SiteManifest, page: string }}
 */
export function describeSite(folder) {
  const unmarked = unmarkPage(readFileSync(join(folder, pageName), 'utf8'));
  const others = listPaths(folder)
    .filter((path) => path !== serviceWorkerName && path !== pageName)
    .map((path) => describeFile(path, readFileSync(join(folder, path))));
  const buildId = hash(JSON.stringify([describeFile(pageName, unmarked), ...others]));
  const page = markPage(unmarked, buildId);
  const files = [describeFile(pageName, page), ...others];
  const paths = new Set(files.map((file) => file.path));
  return { manifest: { buildId, files, openingPaths: listOpeningPaths(unmarked, paths) }, page };
}

/**
 * Small files before big ones, so that much is kept for visits without a network even where little can be.
 * @param {string} folder
 */
function listPaths(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      size: statSync(path).size,
    }))
    .sort((one, other) => one.size - other.size || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path);
}

/**
 * What the page names itself: scripts, with those they import, and styles.
 * @param {string} page
 * @param {Set<string>} paths of all files
 */
function listOpeningPaths(page, paths) {
  return [...page.matchAll(/ (?:src|href)="\.\/([^"]+)"/g)].map((match) => {
    const path = match[1] ?? '';
    if (!paths.has(path)) throw new Error(`${pageName} names "${path}", which is not in the site.`);
    return path;
  });
}

/**
 * @param {string} path
 * @param {Buffer | string} content
 * @returns {SiteFile}
 */
function describeFile(path, content) {
  return { path, size: Buffer.byteLength(content), hash: hash(content) };
}

/** @param {Buffer | string} content */
function hash(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * @param {string} page
 * @param {string} buildId
 */
function markPage(page, buildId) {
  if (!page.includes('</head>')) throw new Error(`${pageName} has no end of its head.`);
  return page.replace('</head>', `  <meta name="cahier-build" content="${buildId}" />\n  </head>`);
}

/** @param {string} page */
function unmarkPage(page) {
  return page.replace(/ {2}<meta name="cahier-build" content="\w+" \/>\n {2}/, '');
}

// @ts-check
import { createReadStream } from 'node:fs';
import { relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentTypeOf } from './content-types.mjs';
import { isFresh, isRangeOfThisFile, preferredEncoding, requestedRange } from './request-headers.mjs';
import { resolvePath } from './resolve-path.mjs';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ directory: string, base: string, compressed: import('./compression.mjs').CompressedFiles }} Site */

/** Smaller files gain nothing worth the work. */
const leastCompressedBytes = 1024;

/**
 * Vite puts eight characters of the content's checksum into the names of what it builds. What Python is made of has twelve
 * digits of one in its name or, where Pyodide knows the name, in that of its folder.
 */
const hashedNames = [
  /^assets\/(.*\/)?[^/]+-[\w-]{8}\.[^/]+$/,
  /^python\/(.*\/)?[^/]+-[0-9a-f]{12}\.[^/]+$/,
  /^pyodide\/[0-9a-f]{12}\/[^/]+$/,
];

/**
 * Answers one request from the files of a folder, as a static host would, without any header that such a host does not set.
 * @param {Site} site
 * @param {Request} request
 * @param {Response} response
 */
export async function answer(site, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return endWithText(request, response, 405, { Allow: 'GET, HEAD' });
  }
  const target = await resolvePath(request.url ?? '/', site);
  switch (target.kind) {
    case 'file':
      return answerFile(site, request, response, target);
    case 'redirect':
      return endWithText(request, response, 301, { Location: target.location });
    case 'missing':
      return endWithText(request, response, 404);
    case 'malformed':
      return endWithText(request, response, 400);
  }
}

/**
 * @param {Site} site
 * @param {Request} request
 * @param {Response} response
 * @param {{ path: string, size: number, modified: Date }} file
 */
async function answerFile(site, request, response, file) {
  const { type, isCompressible } = contentTypeOf(file.path);
  const version = `${file.size.toString(36)}-${file.modified.getTime().toString(36)}`;
  const canCompress = isCompressible && file.size >= leastCompressedBytes;
  // A range counts the bytes of the file itself, so what is asked for in parts is sent as it is.
  const hasRange = request.headers.range !== undefined;
  const encoding =
    canCompress && !hasRange ? preferredEncoding(request.headers['accept-encoding']) : undefined;
  const entityTag = encoding === undefined ? `"${version}"` : `"${version}-${encoding}"`;

  response.setHeader('ETag', entityTag);
  response.setHeader('Last-Modified', file.modified.toUTCString());
  response.setHeader('Cache-Control', cacheControl(site, file.path));
  if (canCompress) response.setHeader('Vary', 'Accept-Encoding');
  if (isFresh(request.headers, entityTag, file.modified)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('Content-Type', type);
  if (encoding !== undefined) {
    response.setHeader('Content-Encoding', encoding);
    return endWithBytes(
      request,
      response,
      await site.compressed.get({ path: file.path, entityTag }, encoding),
    );
  }
  response.setHeader('Accept-Ranges', 'bytes');
  return sendFile(request, response, file, entityTag);
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {{ path: string, size: number, modified: Date }} file
 * @param {string} entityTag
 */
async function sendFile(request, response, { path, size, modified }, entityTag) {
  const range = isRangeOfThisFile(request.headers, entityTag, modified)
    ? requestedRange(request.headers.range, size)
    : undefined;
  if (range === 'unsatisfiable') {
    return endWithText(request, response, 416, { 'Content-Range': `bytes */${size}` });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range !== undefined) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.setHeader('Content-Length', end - start + 1);
  response.writeHead(range === undefined ? 200 : 206);
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  await pipeline(createReadStream(path, { start, end }), response);
}

/**
 * @param {Site} site
 * @param {string} path
 * @returns {string}
 */
function cacheControl({ directory }, path) {
  const name = relative(directory, path).split(sep).join('/');
  const isHashed = hashedNames.some((pattern) => pattern.test(name));
  return isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {Buffer} bytes
 */
function endWithBytes(request, response, bytes) {
  response.setHeader('Content-Length', bytes.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : bytes);
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {number} status
 * @param {Record<string, string>} [headers]
 */
export function endWithText(request, response, status, headers = {}) {
  const text = `${status}\n`;
  response.setHeader('Cache-Control', 'no-cache');
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': text.length,
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

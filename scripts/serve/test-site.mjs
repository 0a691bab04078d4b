// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startServer } from '../serve.mjs';

export const script = 'console.log("hello");\n'.repeat(500);
export const digits = '0123456789';

const files = {
  'index.html': '<!doctype html><title>Cahier</title>',
  'guide/index.html': '<!doctype html><title>Guide</title>',
  'assets/index-B4x_9-Zq.js': script,
  'assets/plain.js': script,
  'python/sdk-0123456789ab.pack': 'content',
  'python/plain.pack': 'content',
  'pyodide/0123456789ab/core.wasm': 'content',
  'pyodide/core.wasm': 'content',
  'service-worker.js': script,
  'digits.zip': digits,
  'empty.json': '',
  'a b.txt': 'content',
  'style.css': 'content',
  'core.wasm': 'content',
  'wheel.whl': 'content',
  'font.ttf': 'content',
  'app.webmanifest': 'content',
  'x.unknown': 'content',
  // Nobody may read these: they are beside the folder that is served.
  '../secret.txt': 'secret',
  '../dist-of-another.txt': 'secret',
};

/** A small built site in a temporary folder, and the servers that tests start for it. */
export class TestSite {
  #parent = mkdtempSync(join(tmpdir(), 'cahier-serve-'));
  directory = join(this.#parent, 'dist');
  /** @type {(() => Promise<void>)[]} */
  #closing = [];

  constructor() {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.directory, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }

  /** @param {{ port?: number, base?: string }} [options] */
  async start({ port = 0, base = '/' } = {}) {
    const server = await startServer({ directory: this.directory, port, base });
    this.#closing.push(server.close);
    return server;
  }

  /**
   * Asks a server that was started for this one request.
   * @param {string} path
   * @param {AskOptions} [options]
   */
  async askOnce(path, options) {
    const { port } = await this.start();
    return ask(port, path, options);
  }

  /** Ends the servers that were started. */
  async closeServers() {
    await Promise.all(this.#closing.map((close) => close()));
    this.#closing = [];
  }

  remove() {
    rmSync(this.#parent, { recursive: true });
  }
}

/** @typedef {{ method?: string, headers?: Record<string, string> }} AskOptions */

/**
 * A request whose path is sent as it is written; fetch() would tidy it up.
 * @param {number} port
 * @param {string} path
 * @param {AskOptions} [options]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
export function ask(port, path, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        /** @type {Buffer[]} */
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

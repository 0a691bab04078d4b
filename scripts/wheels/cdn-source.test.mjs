// @ts-check
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { cdnSource } from './cdn-source.mjs';

/** @type {import('node:http').Server | undefined} */
let server;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/**
 * @param {import('node:http').RequestListener} answer
 * @returns {Promise<string>}
 */
async function serverUrl(answer) {
  const started = createServer(answer);
  server = started;
  await new Promise((resolve) => started.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}/full/`;
}

const wanted = ['a.whl', 'b.whl', 'c.whl'].map((fileName) => ({
  name: fileName,
  version: '1',
  fileName,
  sha256: '',
}));

/** @param {import('./fill-cache.mjs').WheelSource} source */
async function offered(source) {
  const texts = [];
  for await (const { bytes } of source.offers(wanted)) texts.push(Buffer.from(bytes).toString());
  return texts;
}

describe('cdnSource', () => {
  it('gives the files that are there and passes over those that are not', async () => {
    const url = await serverUrl((request, response) => {
      response.statusCode = request.url === '/full/b.whl' ? 404 : 200;
      response.end(`answer to ${request.url}`);
    });
    expect(await offered(cdnSource(url))).toEqual(['answer to /full/a.whl', 'answer to /full/c.whl']);
  });

  it('gives up all files when the first is forbidden', async () => {
    let requests = 0;
    const url = await serverUrl((_, response) => {
      requests += 1;
      response.writeHead(403).end('not from here');
    });
    await expect(offered(cdnSource(url))).rejects.toThrow('cannot be reached (answer 403)');
    expect(requests).toBe(1);
  });

  it('gives up all files after one refused connection', async () => {
    const source = cdnSource('http://127.0.0.1:1/full/');
    await expect(offered(source)).rejects.toThrow('127.0.0.1:1 cannot be reached');
  });

  it('gives up all files when the first answer does not come', async () => {
    let requests = 0;
    const url = await serverUrl(() => (requests += 1));
    await expect(offered(cdnSource(url, { connectMs: 50 }))).rejects.toThrow('no answer in time');
    expect(requests).toBe(1);
  });

  it('gives up when a download stands still', async () => {
    const url = await serverUrl((_, response) => response.write('half'));
    await expect(offered(cdnSource(url, { stallMs: 50 }))).rejects.toThrow('no answer in time');
  });
});

import { describe, expect, it } from 'vitest';
import { createGatedFetch } from './network-fetch.ts';
import { createPythonFetch } from './python-fetch.ts';

const packedFile = { url: '', sizeBytes: 1, unpackedBytes: 1, sha256: '' };
const packed = { archive: packedFile, sources: packedFile };

const addresses = {
  siteUrl: 'https://site.example/app/',
  pyodideUrl: 'https://site.example/app/pyodide/',
  wheelCdnUrl: 'https://cdn.example/full/',
  servedFiles: { 'numpy.whl': 6 },
  stdlib: packed,
  sdk: packed,
  archives: [],
  pythonBuildId: '1',
};

function setup(): { asked: string[]; heard: unknown[]; fetch: typeof fetch } {
  const asked: string[] = [];
  const heard: unknown[] = [];
  const answer: typeof fetch = (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Promise.resolve(
      new Response('python', { headers: { 'content-length': '6', 'content-type': 'a/b' } }),
    );
  };
  const wrapped = createPythonFetch(answer, addresses, (...piece) => heard.push(piece));
  return { asked, heard, fetch: wrapped };
}

describe("Pyodide's fetch", () => {
  it('takes a wheel that the site serves from the site, and counts it', async () => {
    const { asked, heard, fetch } = setup();
    const response = await fetch('https://site.example/app/pyodide/numpy.whl');
    expect([await response.text(), response.headers.get('content-type')]).toEqual(['python', 'a/b']);
    expect(asked).toEqual(['https://site.example/app/pyodide/numpy.whl']);
    expect(heard).toEqual([['numpy.whl', 6, 6]]);
  });

  it('takes a wheel that the site lacks from the CDN', async () => {
    const { asked, heard, fetch } = setup();
    await (await fetch(new URL('https://site.example/app/pyodide/scipy.whl'))).text();
    expect(asked).toEqual(['https://cdn.example/full/scipy.whl']);
    expect(heard).toEqual([['scipy.whl', 6, 6]]);
  });

  it('takes a wheel from the CDN through the gate, where there is one', async () => {
    const asked: string[] = [];
    const native: typeof fetch = (input) => {
      asked.push(String(input));
      const headers = { 'content-length': '6', 'x-cahier-url': 'https://cdn.example/full/scipy.whl' };
      return Promise.resolve(new Response('python', { headers }));
    };
    const kernelId = '4f5b7f0c-3c0e-4b43-9d2c-0d8d6f3c8a11';
    const gate = { siteUrl: addresses.siteUrl, kernelId, hasServiceWorker: true, onRefusal: () => undefined };
    const heard: unknown[] = [];
    const python = createPythonFetch(createGatedFetch(native, gate), addresses, (...piece) =>
      heard.push(piece),
    );
    const response = await python('https://site.example/app/pyodide/scipy.whl');
    expect(await response.text()).toBe('python');
    expect(asked).toEqual([
      `https://site.example/app/-/out/${kernelId}/https%3A%2F%2Fcdn.example%2Ffull%2Fscipy.whl`,
    ]);
    expect(heard).toEqual([['scipy.whl', 6, 6]]);
  });

  it('leaves every other request as it is', async () => {
    const { asked, heard, fetch } = setup();
    await fetch('https://elsewhere.example/data.csv');
    expect(asked).toEqual(['https://elsewhere.example/data.csv']);
    expect(heard).toEqual([]);
  });
});

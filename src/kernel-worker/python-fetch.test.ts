import { describe, expect, it } from 'vitest';
import { createPythonFetch } from './python-fetch.ts';

const addresses = {
  pyodideUrl: 'https://site.example/app/pyodide/',
  servedFiles: { 'pyodide-lock.json': 6 },
};

function setup(): { asked: string[]; fetch: typeof fetch } {
  const asked: string[] = [];
  const answer: typeof fetch = (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Promise.resolve(new Response('python'));
  };
  const wrapped = createPythonFetch(answer, addresses, (path) => {
    asked.push(`wheel ${path}`);
    return path === 'gone.whl'
      ? Promise.reject(new TypeError('the host is down'))
      : Promise.resolve(new TextEncoder().encode('wheel'));
  });
  return { asked, fetch: wrapped };
}

describe("Pyodide's fetch", () => {
  it('takes what the site serves from the site', async () => {
    const { asked, fetch } = setup();
    const response = await fetch('https://site.example/app/pyodide/pyodide-lock.json');
    expect(await response.text()).toBe('python');
    expect(asked).toEqual(['https://site.example/app/pyodide/pyodide-lock.json']);
  });

  it('takes wheels from where they are checked', async () => {
    const { asked, fetch } = setup();
    const response = await fetch(new URL('https://site.example/app/pyodide/added/1/own.whl'));
    expect(await response.text()).toBe('wheel');
    await expect(fetch('https://site.example/app/pyodide/gone.whl')).rejects.toThrow('the host is down');
    expect(asked).toEqual(['wheel added/1/own.whl', 'wheel gone.whl']);
  });

  it('leaves every other request as it is', async () => {
    const { asked, fetch } = setup();
    await fetch('https://elsewhere.example/data.csv');
    expect(asked).toEqual(['https://elsewhere.example/data.csv']);
  });
});

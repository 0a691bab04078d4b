import { describe, expect, it } from 'vitest';
import { chooseAnswer, type RequestFacts } from './choose-answer.ts';
import type { SiteFile } from './site-manifest.ts';

const scopeUrl = 'https://host.org/courses/cahier/';
const kernelId = '6a3c7f8e-52a1-4c7b-9c43-0d6f5e1b2a90';
const target = 'https://example.org/a/b?q=1&r=%2F';
const page: SiteFile = { path: 'index.html', size: 1, hash: '' };
const script: SiteFile = { path: 'assets/a.js', size: 1, hash: '' };
const files = new Map([page, script].map((file) => [file.path, file]));

function choose(path: string, facts: Partial<RequestFacts> = {}): unknown {
  const url = new URL(path, scopeUrl).href;
  const request = {
    method: 'GET',
    url,
    mode: 'cors',
    destination: '',
    headers: new Headers(),
    cache: 'default',
    ...facts,
  };
  return chooseAnswer(request, { scopeUrl, findFile: (file) => files.get(file) ?? null });
}

const browser = { type: 'browser' };
const scriptsOnly = { type: 'refused', reason: 'This address is for requests of scripts only.' };
const noKernel = { type: 'refused', reason: 'There is no such kernel.' };

describe('a request for a file', () => {
  it('is answered from the files of the build', () => {
    const navigation = { mode: 'navigate', destination: 'document' };
    expect(choose('', navigation)).toEqual({ type: 'file', file: page });
    expect(choose('?open=x', navigation)).toEqual({ type: 'file', file: page });
    expect(choose('', { ...navigation, cache: 'force-cache' })).toEqual({ type: 'file', file: page });
    expect(choose('index.html', navigation)).toEqual({ type: 'file', file: page });
    expect(choose('assets/a.js', { destination: 'script' })).toEqual({ type: 'file', file: script });
  });

  it('of another build may be answered from what is kept of it', () => {
    expect(choose('assets/old.js?v=1', { destination: 'script' })).toEqual({
      type: 'unknown-file',
      url: `${scopeUrl}assets/old.js`,
    });
  });

  it.each([
    ['for its headers only', 'assets/a.js', { method: 'HEAD' }],
    ['that changes something', '', { method: 'POST' }],
    ['for a part', 'assets/a.js', { headers: new Headers({ range: 'bytes=0-1' }) }],
    ['that a script makes of the browser’s own cache', 'assets/a.js', { cache: 'force-cache' }],
    ['for a page that is not there', 'elsewhere', { mode: 'navigate', destination: 'document' }],
    ['beside the site', '../other/', {}],
    ['for a folder whose name begins alike', '../cahier', {}],
    ['of another host', 'https://example.org/courses/cahier/assets/a.js', {}],
  ])('%s is left to the browser', (_, path, facts) => {
    expect(choose(path, facts)).toEqual(browser);
  });
});

describe('a request for mail', () => {
  it.each([
    ['', 0],
    ['?wait=250', 250],
    ['?wait=1e9', 20_000],
    ['?wait=-5', 0],
    ['?wait=long', 0],
    ['?wait=Infinity', 0],
  ])('with %j waits %i ms', (query, waitMilliseconds) => {
    expect(choose(`-/mail/${kernelId}${query}`)).toEqual({ type: 'mail', kernelId, waitMilliseconds });
  });

  it('is refused for what is no kernel, and for another method', () => {
    expect(choose('-/mail/')).toEqual(noKernel);
    expect(choose(`-/mail/${kernelId}/more`)).toEqual(noKernel);
    expect(choose(`-/mail/${kernelId}`, { method: 'POST' })).toEqual({
      type: 'refused',
      reason: 'Mail is fetched with GET.',
    });
  });
});

describe('a request for another host', () => {
  it('is carried there, with any method and without the fragment', () => {
    const outside = { type: 'outside', kernelId, target: new URL(target) };
    expect(choose(`-/out/${kernelId}/${encodeURIComponent(target)}`)).toEqual(outside);
    expect(choose(`-/out/${kernelId}/${encodeURIComponent(`${target}#x`)}`, { method: 'PUT' })).toEqual(
      outside,
    );
  });

  it.each([
    ['file:///etc/passwd', 'Only http: and https: can be reached from here, and not file:'],
    ['javascript:alert(1)', 'Only http: and https: can be reached from here, and not javascript:'],
    ['data:text/html,x', 'Only http: and https: can be reached from here, and not data:'],
    [
      'https://name@example.org/',
      'A name and a password cannot stand in the address: send them in a header.',
    ],
    [
      'https://:word@example.org/',
      'A name and a password cannot stand in the address: send them in a header.',
    ],
    ['//example.org/', 'That is no address of another host.'],
    ['', 'That is no address of another host.'],
  ])('is refused for %j', (address, reason) => {
    expect(choose(`-/out/${kernelId}/${encodeURIComponent(address)}`)).toEqual({ type: 'refused', reason });
  });

  it('is one for the server that the app stands for, at its one address', () => {
    const api = 'http://onedata-server:8080/api/v1/users/me?x=%2F';
    expect(choose(`-/out/${kernelId}/${encodeURIComponent(api)}`, { method: 'POST' })).toEqual({
      type: 'server',
      kernelId,
      target: new URL(api),
    });
    for (const origin of [
      'https://onedata-server:8080',
      'http://onedata-server',
      'http://onedata-server:8081',
      'http://onedata-server.:8080',
    ]) {
      expect(choose(`-/out/${kernelId}/${encodeURIComponent(`${origin}/api/v1/models`)}`)).toEqual({
        type: 'refused',
        reason: `There is nothing at ${origin}: the API of the server is at http://onedata-server:8080.`,
      });
    }
  });

  it('is refused when its address is not whole', () => {
    expect(choose(`-/out/${kernelId}/%zz`)).toEqual({
      type: 'refused',
      reason: 'That is no address of another host.',
    });
    expect(choose(`-/out/${kernelId}/https://example.org/?q=1`)).toEqual({
      type: 'refused',
      reason: 'The address of the other host is not encoded.',
    });
    expect(choose(`-/out/${kernelId}`)).toEqual(noKernel);
    expect(choose('-/out/')).toEqual(noKernel);
  });
});

describe('what would be shown or run', () => {
  it.each([
    ...['document', 'iframe', 'frame', 'embed', 'object', 'script', 'worker', 'sharedworker'],
    ...['serviceworker', 'style', 'image', 'font', 'audio', 'video', 'manifest', 'audioworklet'],
  ])('gets nothing as %s', (destination) => {
    expect(choose(`-/mail/${kernelId}`, { destination })).toEqual(scriptsOnly);
    expect(choose(`-/out/${kernelId}/${encodeURIComponent(target)}`, { destination })).toEqual(scriptsOnly);
  });

  it('gets nothing as a navigation, whatever it says of itself', () => {
    expect(choose(`-/mail/${kernelId}`, { mode: 'navigate' })).toEqual(scriptsOnly);
    expect(choose(`-/out/${kernelId}/x`, { mode: 'navigate' })).toEqual(scriptsOnly);
  });
});

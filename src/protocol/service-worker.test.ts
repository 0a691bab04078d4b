import { describe, expect, it } from 'vitest';
import { createBuildNames } from './build-name.ts';
import {
  parseFromServiceWorker,
  parseHostAnswer,
  parseKernelId,
  parseMail,
  parseRefusal,
  parseServerAnswer,
  parseToServiceWorker,
} from './service-worker.ts';

const kernelId = '6a3c7f8e-52a1-4c7b-9c43-0d6f5e1b2a90';

describe('what the page says to the service worker', () => {
  it.each([
    { type: 'post-mail', kernelId, mail: { isStopAsked: true } },
    { type: 'post-mail', kernelId, mail: { isStopAsked: false, answer: null } },
    { type: 'empty-mailbox', kernelId },
    { type: 'end-requests', kernelId },
    { type: 'keep-offline' },
    { type: 'claim-pages' },
    { type: 'take-over' },
    { type: 'hand-over' },
  ])('may be $type', (message) => {
    expect(parseToServiceWorker(message)).toEqual({ isOk: true, value: message });
  });

  it.each([
    ['a command that there is not', { type: 'drop-everything' }],
    ['a kernel that is no UUID', { type: 'empty-mailbox', kernelId: '../x' }],
    ['mail without its flag', { type: 'post-mail', kernelId, mail: { answer: 'x' } }],
    ['no object', null],
  ])('is refused when it is %s', (_, message) => {
    expect(parseToServiceWorker(message).isOk).toBe(false);
  });
});

describe('what the service worker says to a page', () => {
  it.each([
    { type: 'ask-host', kernelId, method: 'GET', url: 'https://example.org/x' },
    { type: 'ask-server', kernelId, method: 'GET', url: 'http://onedata-server:8080/', authorization: null },
    { type: 'took-over', buildId: '0123456789abcdef' },
  ])('may be $type', (message) => {
    expect(parseFromServiceWorker(message)).toEqual({ isOk: true, value: message });
  });

  it('is refused when a question has no address', () => {
    expect(parseFromServiceWorker({ type: 'ask-host', kernelId, method: 'GET', url: 'x' }).isOk).toBe(false);
  });
});

describe('what a page answers', () => {
  it.each([
    { type: 'not-mine' },
    { type: 'considering' },
    { type: 'verdict', verdict: { isAllowed: true } },
    { type: 'verdict', verdict: { isAllowed: false, reason: 'No.' } },
  ])('may be %j', (message) => {
    expect(parseHostAnswer(message)).toEqual({ isOk: true, value: message });
  });

  it('is refused when a verdict is none', () => {
    expect(parseHostAnswer({ type: 'verdict', verdict: { isAllowed: false } })).toEqual({
      isOk: false,
      problem: 'at verdict.reason: expected "reason", got undefined',
    });
    expect(parseHostAnswer({ type: 'verdict', verdict: { isAllowed: 'yes' } }).isOk).toBe(false);
  });
});

describe('what a page answers in place of the server', () => {
  const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };

  it.each([
    { isAllowed: true, answer },
    { isAllowed: true, forwardTo: 'https://real.example/api' },
    { isAllowed: false, reason: 'No.' },
  ])('may be %j', (verdict) => {
    const message = { type: 'verdict', verdict };
    expect(parseServerAnswer(message)).toEqual({ isOk: true, value: message });
  });

  it.each([
    { isAllowed: true },
    { isAllowed: true, forwardTo: 'nowhere' },
    { isAllowed: true, answer: { ...answer, status: 101 } },
    { isAllowed: true, answer: { ...answer, body: {} } },
  ])('is refused when it is %j', (verdict) => {
    expect(parseServerAnswer({ type: 'verdict', verdict }).isOk).toBe(false);
  });
});

describe('what a kernel fetches', () => {
  it('is mail or a refusal', () => {
    expect(parseMail({ isStopAsked: false, answer: 'x' }).isOk).toBe(true);
    expect(parseMail({ isStopAsked: 1 }).isOk).toBe(false);
    expect(parseRefusal({ error: 'network', reason: 'x' }).isOk).toBe(true);
    expect(parseRefusal({ error: 'other', reason: 'x' }).isOk).toBe(false);
    expect(parseKernelId(kernelId).isOk).toBe(true);
    expect(parseKernelId('').isOk).toBe(false);
  });
});

describe('the names of builds', () => {
  it('belong to one site of the origin', () => {
    const names = createBuildNames('https://host.org/courses/');
    expect(names.toName('12')).toBe('cahier /courses/ 12');
    expect(
      ['cahier /courses/ 12', 'cahier / 12', 'cahier /courses/a/ 12', 'other'].map(names.toBuildId),
    ).toEqual(['12', null, null, null]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import type { HostQuestion, HostVerdict, ServerQuestion } from '../protocol/service-worker.ts';
import { ServiceWorkerLink } from './ServiceWorkerLink.ts';
import { ScriptedContainer, SilentServiceWorker } from './testing/service-workers.ts';

const siteUrl = 'https://host.org/cahier/';
const kernelId = '6a3c7f8e-52a1-4c7b-9c43-0d6f5e1b2a90';
const question: HostQuestion = { type: 'ask-host', kernelId, method: 'GET', url: 'https://example.org/' };
const allowed: HostVerdict = { isAllowed: true };

const limits = { script: 1_000, install: 3_000 };

let container: ScriptedContainer;
let link: ServiceWorkerLink;
let warnings: MockInstance;

beforeEach(() => {
  vi.useFakeTimers();
  warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  container = new ScriptedContainer();
  link = new ServiceWorkerLink(container as unknown as ServiceWorkerContainer, siteUrl, null);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What is said through the port of a question. */
async function ask(asked: unknown): Promise<unknown[]> {
  const said: unknown[] = [];
  const port = { postMessage: (message: unknown) => said.push(message) };
  container.say(asked, [port as unknown as MessagePort]);
  await vi.advanceTimersByTimeAsync(0);
  return said;
}

describe('the link to the service worker', () => {
  it('registers the script of the site for the folder of the site', () => {
    link.start();
    expect(container.registered).toEqual([
      'messages',
      [`${siteUrl}service-worker.js`, { scope: siteUrl, updateViaCache: 'none' }],
    ]);
  });

  it('waits until the service worker answers for the page', async () => {
    link.start();
    const waiting = link.whenControlling(limits);
    container.claim();
    expect([await waiting, link.isControlling, await link.whenControlling(limits)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('waits no longer than it may for its script', async () => {
    container.register = () => new Promise(() => undefined);
    link.start();
    const waiting = link.whenControlling(limits);
    await vi.advanceTimersByTimeAsync(999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([await waiting, link.isControlling]).toEqual([false, false]);
  });

  it('waits longer while it is installed', async () => {
    container.registration.find();
    link.start();
    const [waiting, inVain] = [
      link.whenControlling(limits),
      link.whenControlling({ ...limits, install: 2_000 }),
    ];
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await inVain).toBe(false);
    container.claim();
    expect(await waiting).toBe(true);
  });

  it('waits no longer once the installing has failed', async () => {
    const newer = container.registration.find();
    link.start();
    const waiting = link.whenControlling(limits);
    await vi.advanceTimersByTimeAsync(10);
    newer.reach('redundant');
    expect([await waiting, link.isControlling]).toEqual([false, false]);
  });

  it('waits for nothing where the browser refuses', async () => {
    container.isRefusing = true;
    link.start();
    const waiting = link.whenControlling({ script: 1_000_000, install: 1_000_000 });
    await vi.advanceTimersByTimeAsync(0);
    expect(await waiting).toBe(false);
    expect(warnings).toHaveBeenCalledOnce();
  });

  it('waits for nothing where there is to be no service worker', async () => {
    const none = new ServiceWorkerLink(null, siteUrl, null);
    none.start();
    none.post(kernelId, { isStopAsked: true });
    none.empty(kernelId);
    none.keepOffline();
    expect([none.isControlling, await none.whenControlling(limits)]).toEqual([false, false]);
  });

  it('asks to be claimed when the page was loaded past the service worker', async () => {
    const active = new SilentServiceWorker();
    container.registration.active = active;
    link.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(active.sent).toEqual([{ type: 'claim-pages' }]);
  });

  it('takes mail and commands to the service worker that answers now', () => {
    const first = container.claim();
    link.post(kernelId, { isStopAsked: true });
    const second = container.claim();
    link.empty(kernelId);
    link.endRequests(kernelId);
    link.keepOffline();
    expect([first.sent, second.sent]).toEqual([
      [{ type: 'post-mail', kernelId, mail: { isStopAsked: true } }],
      [{ type: 'empty-mailbox', kernelId }, { type: 'end-requests', kernelId }, { type: 'keep-offline' }],
    ]);
  });
});

describe('a question for a host', () => {
  beforeEach(() => {
    link.start();
  });

  it('is nobody’s as long as nobody owns kernels', async () => {
    expect(await ask(question)).toEqual([{ type: 'not-mine' }]);
  });

  it('is considered at once, and decided when it is', async () => {
    let decide: (verdict: HostVerdict) => void = () => undefined;
    link.onHostQuestion((asked) => {
      expect(asked).toEqual(question);
      return new Promise((resolve) => (decide = resolve));
    });
    const said = await ask(question);
    expect(said).toEqual([{ type: 'considering' }]);
    decide(allowed);
    await vi.advanceTimersByTimeAsync(0);
    expect(said.slice(1)).toEqual([{ type: 'verdict', verdict: allowed }]);
  });

  it('is refused when the decision fails', async () => {
    link.onHostQuestion(() => Promise.reject(new Error('no storage')));
    expect(await ask(question)).toEqual([
      { type: 'considering' },
      {
        type: 'verdict',
        verdict: { isAllowed: false, reason: 'The question for this host failed (Error: no storage).' },
      },
    ]);
  });

  it('is passed over when it is none', async () => {
    expect(await ask({ ...question, kernelId: 'x' })).toEqual([]);
    expect(warnings).toHaveBeenCalledOnce();
  });
});

describe('a request for the server', () => {
  const asked: ServerQuestion = {
    type: 'ask-server',
    kernelId,
    method: 'GET',
    url: 'http://onedata-server:8080/api/v1/users/me',
    authorization: 'Bearer t',
  };

  beforeEach(() => {
    link.start();
  });

  it('is nobody’s as long as nobody owns kernels', async () => {
    expect(await ask(asked)).toEqual([{ type: 'not-mine' }]);
  });

  it('is answered by who owns the kernel', async () => {
    const verdict = { isAllowed: true, answer: { status: 200, headers: {}, body: '{}' } } as const;
    link.onServerQuestion((question) => {
      expect(question).toEqual(asked);
      return Promise.resolve(verdict);
    });
    expect(await ask(asked)).toEqual([{ type: 'considering' }, { type: 'verdict', verdict }]);
  });
});

import { manifest } from 'virtual:site-manifest';
import { createBuildNames } from '../protocol/build-name.ts';
import {
  parseHostAnswer,
  parseServerAnswer,
  parseToServiceWorker,
  type FromServiceWorker,
  type HostVerdict,
  type ServerQuestion,
  type ServerVerdict,
} from '../protocol/service-worker.ts';
import { assertNever } from '../shared/assert-never.ts';
import { logger } from '../shared/logger.ts';
import { answerServer } from './answer-server.ts';
import { askPages } from './ask-pages.ts';
import { chooseAnswer } from './choose-answer.ts';
import { chooseDroppable, type OpenPages } from './choose-droppable.ts';
import { MailRoom } from './MailRoom.ts';
import { OutsideRequests } from './OutsideRequests.ts';
import { reachOutside } from './reach-outside.ts';
import { refuse } from './refuse.ts';
import { SiteCache } from './SiteCache.ts';
import { pagePath } from './site-manifest.ts';
import { hasRoom } from './storage-room.ts';

declare const self: ServiceWorkerGlobalScope;

const scopeUrl = self.registration.scope;
const buildNames = createBuildNames(scopeUrl);
const mailRoom = new MailRoom();
const outsideRequests = new OutsideRequests();
/** Given when a newer service worker is to take over. */
const handOver = new AbortController();
const siteCache = new SiteCache(manifest, scopeUrl, {
  caches: self.caches,
  fetch: (input, options) => fetch(input, options),
  hasRoom: (bytes) => hasRoom(bytes, self.navigator.storage),
});
const site = { scopeUrl, findFile: (path: string) => siteCache.findFile(path) };

self.addEventListener('install', (event) => {
  event.waitUntil(siteCache.keepOpening());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const choice = chooseAnswer(request, site);
  switch (choice.type) {
    case 'browser':
      return;
    case 'file':
      event.respondWith(
        siteCache.answer(choice.file, request, (keeping) => {
          event.waitUntil(keeping);
        }),
      );
      return;
    case 'unknown-file':
      event.respondWith(siteCache.answerUnknown(choice.url, request));
      return;
    case 'mail':
      event.respondWith(answerMail(choice.kernelId, choice.waitMilliseconds, request.signal));
      return;
    case 'outside': {
      const { kernelId, target } = choice;
      const ask = (method: string, url: string): Promise<HostVerdict> => askOwner(kernelId, method, url);
      const { userAgent } = self.navigator;
      const ended = outsideRequests.getSignal(kernelId);
      event.respondWith(
        reachOutside(request, target, { ask, fetch: (...call) => fetch(...call), userAgent, ended }),
      );
      return;
    }
    case 'server': {
      const { kernelId, target } = choice;
      const { method } = request;
      const ask = (authorization: string | null): Promise<ServerVerdict> =>
        askAboutServer({ type: 'ask-server', kernelId, method, url: target.href, authorization });
      const { userAgent } = self.navigator;
      const ended = outsideRequests.getSignal(kernelId);
      event.respondWith(
        answerServer(request, target, { ask, fetch: (...call) => fetch(...call), userAgent, ended }),
      );
      return;
    }
    case 'refused':
      event.respondWith(refuse('policy', choice.reason));
      return;
    default:
      assertNever(choice);
  }
});

self.addEventListener('message', (event) => {
  const { source } = event;
  if (!(source instanceof WindowClient) || !source.url.startsWith(scopeUrl)) return;
  const message = parseToServiceWorker(event.data);
  if (!message.isOk) {
    logger.warn(`A page sent what is no message: ${message.problem}`);
    return;
  }
  switch (message.value.type) {
    case 'post-mail':
      mailRoom.post(message.value.kernelId, message.value.mail);
      return;
    case 'empty-mailbox':
      mailRoom.empty(message.value.kernelId);
      return;
    case 'end-requests':
      outsideRequests.end(message.value.kernelId);
      return;
    case 'keep-offline':
      event.waitUntil(keepOffline());
      return;
    case 'claim-pages':
      event.waitUntil(self.clients.claim());
      return;
    case 'take-over':
      event.waitUntil(self.skipWaiting());
      return;
    case 'hand-over':
      mailRoom.handOver();
      handOver.abort();
      return;
    default:
      assertNever(message.value);
  }
});

async function takeOver(): Promise<void> {
  await self.clients.claim();
  const message: FromServiceWorker = { type: 'took-over', buildId: manifest.buildId };
  for (const page of await listPages()) page.postMessage(message);
}

async function keepOffline(): Promise<void> {
  await siteCache.keepAll(handOver.signal);
  // What a newer service worker keeps already is none of an older build.
  if (self.registration.waiting ?? self.registration.installing) return;
  const pages = await findOpenPages();
  await siteCache.dropBuilds((buildIds) => chooseDroppable(buildIds, manifest.buildId, pages));
}

async function answerMail(kernelId: string, wait: number, signal: AbortSignal): Promise<Response> {
  const mail = await mailRoom.fetch(kernelId, wait, signal);
  return Response.json(mail, { headers: { 'cache-control': 'no-store' } });
}

async function askOwner(kernelId: string, method: string, url: string): Promise<HostVerdict> {
  const question = { type: 'ask-host', kernelId, method, url } as const;
  return await askPages(question, await listPages(), handOver.signal, parseHostAnswer);
}

async function askAboutServer(question: ServerQuestion): Promise<ServerVerdict> {
  return await askPages(question, await listPages(), handOver.signal, parseServerAnswer);
}

/** Files that hold frames of previews: windows to the browser, and nobody to talk to. */
const framesUrl = `${scopeUrl}frames/`;

/** The pages of this site; other sites may stand on the same origin. */
async function listPages(): Promise<WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => url.startsWith(scopeUrl) && !url.startsWith(framesUrl));
}

async function findOpenPages(): Promise<OpenPages> {
  const addresses = [scopeUrl, scopeUrl + pagePath];
  const pages = (await listPages()).filter(({ url }) => addresses.includes(url.replace(/[?#].*$/s, '')));
  // A browser without locks does not tell builds apart: none counts as said.
  const { held = [] } = (await self.navigator.locks.query().catch(() => null)) ?? {};
  const buildIds = held.flatMap(({ name = '' }) => buildNames.toBuildId(name) ?? []);
  return { count: pages.length, buildIds };
}

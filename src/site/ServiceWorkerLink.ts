import type { Mailbox } from '../kernel/Mailbox.ts';
import {
  parseFromServiceWorker,
  type HostQuestion,
  type HostVerdict,
  type Mail,
  type ServerQuestion,
  type ServerVerdict,
  type ToServiceWorker,
} from '../protocol/service-worker.ts';
import { assertNever } from '../shared/assert-never.ts';
import { logger } from '../shared/logger.ts';
import { answerQuestion, type QuestionHandler } from './answer-question.ts';
import type { Updates } from './Updates.ts';

/** Beside the page, in the site's folder. */
const scriptName = 'service-worker.js';

/**
 * The page's side of the service worker. Where there is none, as while developing or in a browser that refuses it, mail goes nowhere
 * and nothing waits for it: the app does without visits without a network, without a soft stop and without other hosts.
 */
export class ServiceWorkerLink implements Mailbox {
  readonly #container: ServiceWorkerContainer | null;
  readonly #siteUrl: string;
  readonly #updates: Updates | null;
  #registering: Promise<ServiceWorkerRegistration | null> = Promise.resolve(null);
  /** Until somebody owns kernels no question is this page's, and so no host is allowed. */
  #decideOnHost: QuestionHandler<HostQuestion, HostVerdict> = () => null;
  #decideOnServer: QuestionHandler<ServerQuestion, ServerVerdict> = () => null;

  /**
   * @param container null where there is to be no service worker
   * @param siteUrl the folder that the site is served from, with a slash at its end
   * @param updates told of newer builds
   */
  constructor(container: ServiceWorkerContainer | null, siteUrl: string, updates: Updates | null) {
    this.#container = container;
    this.#siteUrl = siteUrl;
    this.#updates = updates;
  }

  /** Whether the service worker answers this page's requests, and those of workers that it starts from now on. */
  get isControlling(): boolean {
    return this.#controller !== null;
  }

  /** Registers the service worker. A failure costs what it does, and no more. */
  start(): void {
    const container = this.#container;
    if (!container) return;
    container.addEventListener('message', (event) => {
      this.#handleMessage(event);
    });
    container.startMessages();
    this.#registering = this.#register(container).catch((error: unknown) => {
      logger.warn('This browser does not start the service worker', error);
      return null;
    });
  }

  /**
   * Waits until the service worker answers for this page: a worker started before stays without it in some browsers.
   * @param limits in milliseconds: for the browser to have its script, and from then on for it to be installed
   * @returns false when it does not within the time, or never will
   */
  async whenControlling(limits: { readonly script: number; readonly install: number }): Promise<boolean> {
    const container = this.#container;
    if (!container || this.isControlling) return this.isControlling;
    return await new Promise((resolve) => {
      const over = new AbortController();
      const settle = (): void => {
        clearTimeout(timer);
        over.abort();
        resolve(this.isControlling);
      };
      let timer = setTimeout(settle, limits.script);
      container.addEventListener('controllerchange', settle, { signal: over.signal });
      void this.#registering.then((registration) => {
        if (over.signal.aborted) return;
        clearTimeout(timer);
        timer = setTimeout(settle, registration ? limits.install : 0);
        const { installing = null } = registration ?? {};
        installing?.addEventListener(
          'statechange',
          () => {
            if (installing.state === 'redundant') settle();
          },
          { signal: over.signal },
        );
      });
    });
  }

  /** Says who decides whether a kernel of this page may reach a host. */
  onHostQuestion(handler: QuestionHandler<HostQuestion, HostVerdict>): void {
    this.#decideOnHost = handler;
  }

  /** Says who answers the requests of this page's kernels for the server that the app stands for. */
  onServerQuestion(handler: QuestionHandler<ServerQuestion, ServerVerdict>): void {
    this.#decideOnServer = handler;
  }

  /** Keeps the app for visits without a network. */
  keepOffline(): void {
    this.#send({ type: 'keep-offline' });
  }

  post(kernelId: string, mail: Mail): void {
    this.#send({ type: 'post-mail', kernelId, mail });
  }

  empty(kernelId: string): void {
    this.#send({ type: 'empty-mailbox', kernelId });
  }

  endRequests(kernelId: string): void {
    this.#send({ type: 'end-requests', kernelId });
  }

  get #controller(): ServiceWorker | null {
    return this.#container?.controller ?? null;
  }

  #send(message: ToServiceWorker): void {
    this.#controller?.postMessage(message);
  }

  async #register(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
    const registration = await container.register(new URL(scriptName, this.#siteUrl), {
      scope: this.#siteUrl,
      updateViaCache: 'none',
    });
    this.#updates?.watch(registration);
    // A page that was loaded past its service worker, as with Shift and Reload.
    if (registration.active && !container.controller) {
      const message: ToServiceWorker = { type: 'claim-pages' };
      registration.active.postMessage(message);
    }
    return registration;
  }

  #handleMessage(event: MessageEvent<unknown>): void {
    const message = parseFromServiceWorker(event.data);
    if (!message.isOk) {
      logger.warn(`The service worker sent what is no message: ${message.problem}`);
      return;
    }
    switch (message.value.type) {
      case 'ask-host': {
        const port = event.ports[0];
        if (port) void answerQuestion(message.value, this.#decideOnHost, port);
        return;
      }
      case 'ask-server': {
        const port = event.ports[0];
        if (port) void answerQuestion(message.value, this.#decideOnServer, port);
        return;
      }
      case 'took-over':
        this.#updates?.handleTakeOver(message.value.buildId);
        return;
      default:
        assertNever(message.value);
    }
  }
}

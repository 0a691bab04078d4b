import type { MessagePort } from 'node:worker_threads';
import type { Mailbox } from '../kernel/Mailbox.ts';
import type { HostVerdict, ServerVerdict } from '../protocol/service-worker.ts';
import { answerServer } from '../service-worker/answer-server.ts';
import { chooseAnswer } from '../service-worker/choose-answer.ts';
import { MailRoom } from '../service-worker/MailRoom.ts';
import { OutsideRequests } from '../service-worker/OutsideRequests.ts';
import { reachOutside } from '../service-worker/reach-outside.ts';
import { refuse } from '../service-worker/refuse.ts';
import { logger } from '../shared/logger.ts';
import { toMessage } from '../shared/to-message.ts';
import { parseToSite } from './parse-site-messages.ts';
import type { FromSite, SiteRequest, ToSite } from './site-messages.ts';

/** What the site asks about a request of a kernel. */
export interface SiteOwner {
  readonly decideHost: (method: string, url: string) => HostVerdict;
  readonly answerServer: (question: {
    readonly kernelId: string;
    readonly method: string;
    readonly url: string;
    readonly authorization: string | null;
  }) => Promise<ServerVerdict>;
}

/** No host of the network has this name: what is asked of it comes here. */
export const siteUrl = 'https://cahier.invalid/';

const userAgent = 'Cahier';

/** Answers the workers' requests in the place of the page's service worker, by the same rules. */
export class Site {
  readonly #mailRoom = new MailRoom();
  readonly #outside = new OutsideRequests();
  readonly #owner: SiteOwner;
  readonly mailbox: Mailbox = {
    post: (kernelId, mail) => {
      this.#mailRoom.post(kernelId, mail);
    },
    empty: (kernelId) => {
      this.#mailRoom.empty(kernelId);
    },
    endRequests: (kernelId) => {
      this.#outside.end(kernelId);
    },
  };

  constructor(owner: SiteOwner) {
    this.#owner = owner;
  }

  /** Answers what comes by a port until that is closed, which the function does that it returns. */
  listen(port: MessagePort, onAnswered: () => void): () => void {
    const underWay = new Map<number, AbortController>();
    const send = (answer: FromSite): void => {
      port.postMessage(answer);
      onAnswered();
    };
    port.on('message', (data: unknown) => {
      const parsed = parseToSite(data);
      if (!parsed.isOk) {
        logger.warn(`A worker asked what cannot be read: ${parsed.problem}`);
        return;
      }
      const asked = parsed.value;
      if (asked.type === 'give-up') {
        underWay.get(asked.id)?.abort();
        return;
      }
      const end = new AbortController();
      underWay.set(asked.id, end);
      void this.#carryOut(asked, end.signal).then((answer) => {
        underWay.delete(asked.id);
        if (!end.signal.aborted) send(answer);
      });
    });
    return () => {
      for (const end of underWay.values()) end.abort();
      port.close();
    };
  }

  async #carryOut(asked: Exclude<ToSite, { type: 'give-up' }>, signal: AbortSignal): Promise<FromSite> {
    const { id } = asked;
    try {
      if (asked.type === 'read-blob') {
        const body = new Uint8Array(await asked.blob.arrayBuffer());
        return { type: 'answer', id, status: 200, statusText: '', headers: [], body };
      }
      const response = await this.#answer(toRequest(asked, signal));
      return {
        type: 'answer',
        id,
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        body: new Uint8Array(await response.arrayBuffer()),
      };
    } catch (error) {
      return { type: 'failure', id, reason: toMessage(error) };
    }
  }

  async #answer(request: Request): Promise<Response> {
    const { method, url, headers, cache } = request;
    const facts = { method, url, headers, cache, mode: 'cors', destination: '' };
    const choice = chooseAnswer(facts, { scopeUrl: siteUrl, findFile: () => null });
    switch (choice.type) {
      case 'mail': {
        const mail = await this.#mailRoom.fetch(choice.kernelId, choice.waitMilliseconds, request.signal);
        return Response.json(mail);
      }
      case 'outside':
        return await this.#reachOutside(request, choice.kernelId, choice.target);
      case 'server': {
        const { kernelId, target } = choice;
        return await answerServer(request, target, {
          ask: (authorization) =>
            this.#owner.answerServer({ kernelId, method, url: target.href, authorization }),
          fetch,
          userAgent,
          ended: this.#outside.getSignal(kernelId),
        });
      }
      case 'refused':
        return refuse('policy', choice.reason);
      default:
        return new Response(null, { status: 404 });
    }
  }

  async #reachOutside(request: Request, kernelId: string, target: URL): Promise<Response> {
    let cause: string | null = null;
    const answer = await reachOutside(request, target, {
      ask: (method, url) => Promise.resolve(this.#owner.decideHost(method, url)),
      fetch: async (input, options) => {
        try {
          return await fetch(input, options);
        } catch (error) {
          cause =
            error instanceof Error && error.cause !== undefined ? toMessage(error.cause) : toMessage(error);
          throw error;
        }
      },
      userAgent,
      ended: this.#outside.getSignal(kernelId),
    });
    // Browsers do not say why; here it is known.
    return cause === null
      ? answer
      : refuse(
          'network',
          `${target.host} could not be reached (${cause}). Check the address and the connection.`,
        );
  }
}

function toRequest({ url, method, headers, body, redirect }: SiteRequest, signal: AbortSignal): Request {
  return new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body,
    redirect,
    signal,
  });
}

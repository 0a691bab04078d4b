import { outHeaders } from '../protocol/service-worker.ts';
import { findOutsideTarget, type NetworkGate, type OutsideTarget } from './network-gate.ts';
import { checkIntegrity } from './network-integrity.ts';
import { explainMissingGate, explainRefusal, isFromOutside } from './network-refusal.ts';

/**
 * A `fetch` whose requests to other origins go through the gate, and come back as if they had gone straight. What gets
 * nowhere is rejected with a TypeError, as browsers do, whose message says why.
 */
export function createGatedFetch(nativeFetch: typeof fetch, gate: NetworkGate): typeof fetch {
  return async (input, options) => {
    const target = findOutsideTarget(gate, input instanceof Request ? input.url : String(input));
    if (!target) return await nativeFetch(input, options);
    // The browser's own reading of what was asked for; it throws for what it would not send.
    const request = new Request(input, options);
    const missing = explainMissingGate(gate, target);
    if (missing !== null) throw refuse(gate, missing);
    const answer = await nativeFetch(target.gateUrl, await toGateOptions(request));
    const getHeader = (name: string): string | null => answer.headers.get(name);
    if (!isFromOutside(getHeader)) {
      throw refuse(gate, explainRefusal(target, getHeader, await answer.text()));
    }
    return toOutsideResponse(answer, target, request);
  };
}

function refuse(gate: NetworkGate, text: string): TypeError {
  gate.onRefusal(text);
  return new TypeError(text);
}

async function toGateOptions(request: Request): Promise<RequestInit> {
  const { method, headers, signal, cache, redirect } = request;
  // Read whole: streams are not sent by all browsers, and the service worker reads it whole as well.
  const body = /^(GET|HEAD)$/.test(method) ? null : await request.arrayBuffer();
  return { method, headers, signal, cache, redirect, body, credentials: 'omit' };
}

function toOutsideResponse(answer: Response, target: OutsideTarget, request: Request): Response {
  const { redirect, integrity } = request;
  const url = answer.headers.get(outHeaders.finalUrl) ?? target.url;
  const isRedirected = url !== target.url;
  if (isRedirected && redirect !== 'follow') {
    throw new TypeError(
      `${target.host} redirects to ${url}, and the request was made with redirect "${redirect}": ask for that address instead.`,
    );
  }
  const { status, statusText } = answer;
  const headers = new Headers(answer.headers);
  for (const name of Object.values(outHeaders)) headers.delete(name);
  // Some browsers give even these a body, if an empty one, and then refuse to build a response with it.
  const body = [204, 205, 304].includes(status) ? null : answer.body;
  const checked = body && integrity !== '' ? checkIntegrity(body, integrity) : body;
  return new OutsideResponse(checked, { status, statusText, headers }, url, isRedirected);
}

/** A response that knows the address it came from, which a script cannot give to an ordinary one. */
class OutsideResponse extends Response {
  readonly #url: string;
  readonly #isRedirected: boolean;

  constructor(body: BodyInit | null, options: ResponseInit, url: string, isRedirected: boolean) {
    super(body, options);
    this.#url = url;
    this.#isRedirected = isRedirected;
  }

  override get url(): string {
    return this.#url;
  }

  override get redirected(): boolean {
    return this.#isRedirected;
  }

  override clone(): Response {
    const { status, statusText, headers, body } = super.clone();
    return new OutsideResponse(body, { status, statusText, headers }, this.#url, this.#isRedirected);
  }
}

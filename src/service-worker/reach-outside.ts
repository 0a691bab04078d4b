import { outHeaders, type HostVerdict } from '../protocol/service-worker.ts';
import { toReceivedHeaders, toSentHeaders } from './outside-headers.ts';
import { refuse } from './refuse.ts';
import { untilEnded } from './until-ended.ts';

export interface Outside {
  /** Asks whether a request may go to an address. */
  readonly ask: (method: string, url: string) => Promise<HostVerdict>;
  readonly fetch: typeof fetch;
  readonly userAgent: string;
  /** Given when the job that asks has ended. */
  readonly ended: AbortSignal;
}

/** A response with one of these may have no body. */
const bodilessStatuses = new Set([204, 205, 304]);

/**
 * Carries a request to another host where that is allowed, and its answer back. The browser follows redirects without
 * telling where to, so one that ended at another host is asked about before its answer is handed out: it was sent by then,
 * which a host that may be reached could have done itself.
 */
export async function reachOutside(request: Request, target: URL, outside: Outside): Promise<Response> {
  return await untilEnded(outside.ended, target.host, () => carry(request, target, outside));
}

async function carry(request: Request, target: URL, outside: Outside): Promise<Response> {
  const verdict = await outside.ask(request.method, target.href);
  if (!verdict.isAllowed) return refuse('policy', verdict.reason);
  const response = await send(request, target, outside);
  if (!response) return refuse('network', describeFailure(target));
  const final = new URL(response.url);
  if (final.origin !== target.origin) {
    const finalVerdict = await outside.ask(request.method, final.href);
    if (!finalVerdict.isAllowed) {
      await response.body?.cancel();
      return refuse('policy', `${target.host} redirects to ${final.host}: ${finalVerdict.reason}`);
    }
  }
  return toOwnResponse(response, final);
}

/** @returns null when the host cannot be reached or does not let pages of other sites read its answer */
async function send(
  request: Request,
  target: URL,
  { fetch, userAgent, ended }: Outside,
): Promise<Response | null> {
  const body = await request.arrayBuffer();
  try {
    return await fetch(target, {
      method: request.method,
      headers: toSentHeaders(request.headers, userAgent),
      body: body.byteLength > 0 ? body : null,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: request.redirect === 'error' ? 'error' : 'follow',
      cache: request.cache === 'only-if-cached' ? 'default' : request.cache,
      signal: AbortSignal.any([request.signal, ended]),
    });
  } catch {
    return null;
  }
}

/** The browser refuses to take another host's response as an answer to a request for this one. */
function toOwnResponse(response: Response, final: URL): Response {
  const headers = toReceivedHeaders(response.headers);
  headers.set(outHeaders.finalUrl, final.href);
  const { status, statusText } = response;
  return new Response(bodilessStatuses.has(status) ? null : response.body, { status, statusText, headers });
}

function describeFailure(target: URL): string {
  return `${target.host} could not be reached, or does not let pages of other sites read its answers (CORS). The browser does not say which.`;
}

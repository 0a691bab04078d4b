import { apiServer, outHeaders, type ServerVerdict } from '../protocol/service-worker.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toReceivedHeaders, toSentHeaders } from './outside-headers.ts';
import { refuse } from './refuse.ts';
import { untilEnded } from './until-ended.ts';

export interface ServerMeans {
  /** Asks the page what becomes of the request. */
  readonly ask: (authorization: string | null) => Promise<ServerVerdict>;
  readonly fetch: typeof fetch;
  readonly userAgent: string;
  /** Given when the job that asks has ended. */
  readonly ended: AbortSignal;
  readonly limits?: ServerLimits;
}

/** How much of a real server's answer is waited for, and taken: it is read whole, as a part of one is of no use. */
export interface ServerLimits {
  readonly milliseconds: number;
  readonly bytes: number;
}

const usualLimits: ServerLimits = { milliseconds: 60_000, bytes: 64_000_000 };

const bodilessStatuses = new Set([204, 205, 304]);

/**
 * Answers a request for the server that the app stands for: with what the page says, or from the real server that its
 * reader has connected.
 */
export async function answerServer(request: Request, target: URL, means: ServerMeans): Promise<Response> {
  return await untilEnded(means.ended, apiServer.hostname, async () => {
    const verdict = await means.ask(request.headers.get('authorization'));
    if (!verdict.isAllowed) return refuse('policy', verdict.reason);
    if ('forwardTo' in verdict) return await forward(request, target, new URL(verdict.forwardTo), means);
    const { status, headers, body } = verdict.answer;
    return toAnswer(target, body, status, '', new Headers(headers));
  });
}

async function forward(request: Request, target: URL, real: URL, means: ServerMeans): Promise<Response> {
  const { milliseconds, bytes } = means.limits ?? usualLimits;
  const timeout = AbortSignal.timeout(milliseconds);
  const signal = AbortSignal.any([request.signal, means.ended, timeout]);
  const { method } = request;
  const bare = {
    method,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal,
  } as const;
  try {
    const body = await request.arrayBuffer();
    const whole: RequestInit = {
      ...bare,
      headers: toSentHeaders(request.headers, means.userAgent),
      body: body.byteLength > 0 ? body : null,
      // Some browsers would send the token along to wherever a redirect leads.
      redirect: 'manual',
    };
    let response = await means.fetch(real, whole);
    if (isRedirect(response)) {
      const final = await findRedirected(real, bare, means.fetch);
      if (!final.isOk) return refuse('network', final.problem);
      response = await means.fetch(final.value, whole);
    }
    if (isRedirect(response)) return refuse('network', describeUnfollowed(real));
    const content = await readWhole(response, bytes);
    if (!content) return refuse('network', describeTooLong(real, bytes));
    const { status, statusText, headers } = response;
    return toAnswer(target, content, status, statusText, toReceivedHeaders(headers));
  } catch {
    return refuse('network', timeout.aborted ? describeSilence(real, milliseconds) : describeFailure(real));
  }
}

/** All that is told of a redirect that is not followed. */
function isRedirect({ type }: Response): boolean {
  return type === 'opaqueredirect';
}

/**
 * Where on the same server a request is redirected to, which is tried without anything of what a script sends; the problem is
 * a sentence. What changes something is not tried.
 */
async function findRedirected(
  real: URL,
  bare: RequestInit,
  fetch: ServerMeans['fetch'],
): Promise<Result<URL, string>> {
  if (bare.method !== 'GET' && bare.method !== 'HEAD') return fail(describeUnfollowed(real));
  const tried = await fetch(real, { ...bare, redirect: 'follow' });
  await tried.body?.cancel();
  const final = new URL(tried.url);
  if (final.origin !== real.origin) return fail(describeRedirect(real, final));
  return final.href === real.href ? fail(describeUnfollowed(real)) : succeed(final);
}

/** Null where it is longer than that; the rest is not waited for then. */
async function readWhole(response: Response, mostBytes: number): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return new Blob(parts);
}

function toAnswer(
  target: URL,
  body: BodyInit,
  status: number,
  statusText: string,
  headers: Headers,
): Response {
  headers.set(outHeaders.finalUrl, target.href);
  return new Response(bodilessStatuses.has(status) ? null : body, { status, statusText, headers });
}

/** How the sentences about a real server name it, and where it can be changed. */
function name({ origin }: URL): string {
  return `${origin}, which is connected as ${apiServer.hostname} under “Profile”,`;
}

function describeFailure(real: URL): string {
  return `${name(real)} could not be reached, or does not let pages of other sites send it such a request and read its answer (CORS). The browser does not say which.`;
}

function describeSilence(real: URL, milliseconds: number): string {
  return `${name(real)} has not answered within ${milliseconds / 1_000} s.`;
}

function describeTooLong(real: URL, bytes: number): string {
  return `${name(real)} answered with more than ${bytes / 1_000_000} MB.`;
}

function describeUnfollowed(real: URL): string {
  return `${name(real)} redirects this request, and where to is not told before all of it is sent there, its token included. Ask for the address that it redirects to.`;
}

function describeRedirect(real: URL, final: URL): string {
  return `${name(real)} redirects to ${final.origin}. Connect that address instead, if it is the server that you mean.`;
}

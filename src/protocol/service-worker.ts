import * as v from 'valibot';
import { parseValue } from '../shared/parse-value.ts';
import type { Result } from '../shared/result.ts';

/**
 * Paths that the service worker answers itself, relative to its scope. They are for requests of scripts only: one
 * that would be shown as a page or run as a script is refused.
 */
export const answeredPaths = {
  /** `<mail><kernelId>?wait=<milliseconds>`: the kernel's mail, as soon as there is some, else after the time. */
  mail: '-/mail/',
  /** `<out><kernelId>/<absolute URL, encoded>`: another host, with the method, headers and body of the request. */
  out: '-/out/',
} as const;

/** Headers of an answer from `out`; a host's own headers of these names are dropped. */
export const outHeaders = {
  /** Why there is no answer of the host: `policy` or `network`; the body is a `Refusal` in JSON. */
  refused: 'x-cahier-refused',
  /** Where the answer came from, after redirects. */
  finalUrl: 'x-cahier-url',
} as const;

/** The server that the app itself stands for: scripts know its API at this address, and no browser would find it. */
export const apiServer = { hostname: 'onedata-server', origin: 'http://onedata-server:8080' } as const;

/** Why another host was not reached: it may not be, or it does not answer. */
export interface Refusal {
  readonly error: 'policy' | 'network';
  readonly reason: string;
}

/** Longest time in milliseconds that a request for mail is held: browsers end service workers that take minutes. */
export const longestWait = 20_000;

/** What the page has for a kernel whose worker may be blocked, and so hears no message. */
export interface Mail {
  /** The job is to stop. Handed out once. */
  readonly isStopAsked: boolean;
  /** What the reader typed for `input()`; null closes the input; absent while nothing was answered. Handed out once. */
  readonly answer?: string | null;
}

/** A command from the page to the service worker. */
export type ToServiceWorker =
  | { readonly type: 'post-mail'; readonly kernelId: string; readonly mail: Mail }
  /** The job ended or the kernel was replaced: what lies in its mailbox is out of date. */
  | { readonly type: 'empty-mailbox'; readonly kernelId: string }
  /** The job was asked to stop: what it waits for of other hosts is not to come any more. */
  | { readonly type: 'end-requests'; readonly kernelId: string }
  /** Keep all files of the app for visits without a network. */
  | { readonly type: 'keep-offline' }
  /** Answer for this page too, which was opened past the service worker. */
  | { readonly type: 'claim-pages' }
  /** Take the place of the service worker of an older build: the reader agreed. */
  | { readonly type: 'take-over' }
  /** A newer service worker waits to take over, which it can only when no request is held any more. */
  | { readonly type: 'hand-over' };

/** What the service worker says to the pages. */
export type FromServiceWorker =
  | HostQuestion
  | ServerQuestion
  /** This build answers from now on; a page of another one goes on, and is best reloaded. */
  | { readonly type: 'took-over'; readonly buildId: string };

/** A question from the service worker to the pages; the one that owns the kernel answers through the port sent along. */
export interface HostQuestion {
  readonly type: 'ask-host';
  readonly kernelId: string;
  readonly method: string;
  readonly url: string;
}

/** A request for the server that the app itself stands for, put to the pages as a question for a host is. */
export interface ServerQuestion {
  readonly type: 'ask-server';
  readonly kernelId: string;
  readonly method: string;
  readonly url: string;
  /** The header of this name; null where the request has none. */
  readonly authorization: string | null;
}

/** What a page says to a question. The verdict may take as long as its reader needs, so the owner speaks up at once. */
export type PageAnswer<Verdict> =
  | { readonly type: 'not-mine' }
  | { readonly type: 'considering' }
  | { readonly type: 'verdict'; readonly verdict: Verdict };

export type HostAnswer = PageAnswer<HostVerdict>;

export interface RefusingVerdict {
  readonly isAllowed: false;
  readonly reason: string;
}

/** Whether a kernel may reach a host. */
export type HostVerdict = { readonly isAllowed: true } | RefusingVerdict;

/** What becomes of a request for the server: the page's answer, or the address of a real server that it is to go to. */
export type ServerVerdict =
  | { readonly isAllowed: true; readonly answer: ServerAnswer }
  | { readonly isAllowed: true; readonly forwardTo: string }
  | RefusingVerdict;

export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const mail: v.GenericSchema<unknown, Mail> = v.object({
  isStopAsked: v.boolean(),
  answer: v.exactOptional(v.nullable(v.string())),
});

const kernelId = v.pipe(v.string(), v.uuid());

const toServiceWorker: v.GenericSchema<unknown, ToServiceWorker> = v.variant('type', [
  v.object({ type: v.literal('post-mail'), kernelId, mail }),
  v.object({ type: v.literal('empty-mailbox'), kernelId }),
  v.object({ type: v.literal('end-requests'), kernelId }),
  v.object({ type: v.literal('keep-offline') }),
  v.object({ type: v.literal('claim-pages') }),
  v.object({ type: v.literal('take-over') }),
  v.object({ type: v.literal('hand-over') }),
]);

const hostQuestion = v.object({
  type: v.literal('ask-host'),
  kernelId,
  method: v.string(),
  url: v.pipe(v.string(), v.url()),
});

const serverQuestion = v.object({
  type: v.literal('ask-server'),
  kernelId,
  method: v.string(),
  url: v.pipe(v.string(), v.url()),
  authorization: v.nullable(v.string()),
});

const fromServiceWorker: v.GenericSchema<unknown, FromServiceWorker> = v.variant('type', [
  hostQuestion,
  serverQuestion,
  v.object({ type: v.literal('took-over'), buildId: v.string() }),
]);

const refusing = v.object({ isAllowed: v.literal(false), reason: v.string() });

const hostVerdict: v.GenericSchema<unknown, HostVerdict> = v.variant('isAllowed', [
  v.object({ isAllowed: v.literal(true) }),
  refusing,
]);

const serverVerdict: v.GenericSchema<unknown, ServerVerdict> = v.union([
  v.object({
    isAllowed: v.literal(true),
    answer: v.object({
      // What an answer of a host may have that a script makes.
      status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
      headers: v.record(v.string(), v.string()),
      body: v.string(),
    }),
  }),
  v.object({ isAllowed: v.literal(true), forwardTo: v.pipe(v.string(), v.url()) }),
  refusing,
]);

function createAnswerSchema<Verdict>(
  verdict: v.GenericSchema<unknown, Verdict>,
): v.GenericSchema<unknown, PageAnswer<Verdict>> {
  return v.variant('type', [
    v.object({ type: v.literal('not-mine') }),
    v.object({ type: v.literal('considering') }),
    v.object({ type: v.literal('verdict'), verdict }),
  ]);
}

const hostAnswer = createAnswerSchema(hostVerdict);

const serverAnswer = createAnswerSchema(serverVerdict);

const refusal: v.GenericSchema<unknown, Refusal> = v.object({
  error: v.picklist(['policy', 'network']),
  reason: v.string(),
});

export function parseKernelId(value: unknown): Result<string, string> {
  return parseValue(kernelId, value);
}

export function parseMail(value: unknown): Result<Mail, string> {
  return parseValue(mail, value);
}

export function parseToServiceWorker(message: unknown): Result<ToServiceWorker, string> {
  return parseValue(toServiceWorker, message);
}

export function parseFromServiceWorker(message: unknown): Result<FromServiceWorker, string> {
  return parseValue(fromServiceWorker, message);
}

export function parseHostAnswer(message: unknown): Result<HostAnswer, string> {
  return parseValue(hostAnswer, message);
}

export function parseServerAnswer(message: unknown): Result<PageAnswer<ServerVerdict>, string> {
  return parseValue(serverAnswer, message);
}

export function parseRefusal(value: unknown): Result<Refusal, string> {
  return parseValue(refusal, value);
}

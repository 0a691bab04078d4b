import type { FetchWatch } from '../model/fetch-watch.ts';
import { answeredPaths } from '../protocol/service-worker.ts';
import { toMessage } from '../shared/to-message.ts';
import { describeStatus, readBody, type FetchOutside } from './fetch-outside.ts';

/**
 * Gets a file that the reader has agreed to, on whatever host it is; `askerId` is by whom the gate knows who asks. Rejects with
 * a sentence for the reader, or an `AbortError`.
 */
export type FetchFile = (
  askerId: string,
  url: string,
  watch: Required<Pick<FetchWatch, 'signal' | 'onProgress' | 'mostBytes'>>,
) => Promise<Blob>;

export interface FileFetching {
  /** The service worker's scope, with a slash at its end. */
  readonly siteUrl: string;
  /** Settles when the service worker answers for the page, or it is clear that it does not. */
  readonly whenReady: () => Promise<unknown>;
  readonly fetchOutside: FetchOutside;
}

/** The page itself fetches what is of its own origin; the rest is asked of the service worker, which asks the policy. */
export function createFetchFile({ siteUrl, whenReady, fetchOutside }: FileFetching): FetchFile {
  const site = new URL(siteUrl);
  return async (askerId, url, watch) => {
    const { origin, host, pathname } = new URL(url);
    // Behind these lie no files: the service worker does there what scripts ask of it.
    const isAnswered = Object.values(answeredPaths).some((path) => pathname.startsWith(site.pathname + path));
    if (origin === site.origin && isAnswered) throw new Error(`There is no file at ${url}.`);
    if (origin === site.origin) return await fetchOwn(url, host, watch);
    if (!navigator.onLine) throw new Error(describeOffline(host));
    await whenReady();
    return await fetchOutside(askerId, url, watch);
  };
}

async function fetchOwn(url: string, host: string, watch: Parameters<FetchFile>[2]): Promise<Blob> {
  const response = await fetch(url, { signal: watch.signal }).catch((error: unknown) => {
    watch.signal.throwIfAborted();
    const reason = navigator.onLine
      ? `${host} could not be reached (${toMessage(error)}).`
      : describeOffline(host);
    throw new Error(reason);
  });
  if (!response.ok) throw new Error(describeStatus(host, response));
  return await readBody(response, host, watch);
}

function describeOffline(host: string): string {
  return `${host} could not be reached, as this browser is offline. Go online and try again.`;
}

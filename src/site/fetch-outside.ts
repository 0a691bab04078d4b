import type { FetchWatch } from '../model/fetch-watch.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import { answeredPaths, outHeaders, parseRefusal } from '../protocol/service-worker.ts';

/**
 * Gets a file of another host for the notebook that a kernel belongs to. Rejects with a sentence for the reader, or an
 * `AbortError`.
 */
export type FetchOutside = (kernelId: string, url: string, watch?: FetchWatch) => Promise<Blob>;

/** What a reader does where no service worker answers, and so no other host can be reached: within a page of another site, or by itself. */
const remedies = {
  frame:
    'this browser gives pages within those of other sites no service worker. Open it in Cahier, in a tab of its own',
  tab: 'this tab has no service worker. Reload the page; in a private window, open it in an ordinary one',
} as const;

/**
 * Asks the service worker, which asks the workspace's policy, as the page itself reaches no other host.
 * @param siteUrl the service worker's scope, with a slash at its end
 * @param isControlling whether a service worker answers for the page
 * @param isEmbedded whether the page is within one of another site
 */
export function createFetchOutside(
  siteUrl: string,
  isControlling: () => boolean,
  isEmbedded = false,
): FetchOutside {
  return async (kernelId, url, { signal, onProgress, mostBytes } = {}) => {
    const host = URL.canParse(url) ? new URL(url).host : url;
    if (!isControlling()) {
      throw new Error(`${host} cannot be reached, as ${remedies[isEmbedded ? 'frame' : 'tab']}.`);
    }
    const address = `${siteUrl}${answeredPaths.out}${kernelId}/${encodeURIComponent(url)}`;
    const response = await fetch(address, { signal: signal ?? null });
    if (response.headers.get(outHeaders.refused) !== null) throw new Error(await readReason(response, host));
    if (!response.ok) throw new Error(describeStatus(host, response));
    return onProgress ? await readBody(response, host, { onProgress, mostBytes }) : await response.blob();
  };
}

/** Bytes that are gathered before they become a blob, which the browser keeps elsewhere. */
const mostInMemory = 8_000_000;

interface BodyWatch {
  readonly onProgress: NonNullable<FetchWatch['onProgress']>;
  readonly mostBytes: number | undefined;
}

/** The body of an answer, of which no more than a few megabytes are in memory. Rejects with a sentence for the reader. */
export async function readBody(
  response: Response,
  host: string,
  { onProgress, mostBytes = Infinity }: BodyWatch,
): Promise<Blob> {
  // What is packed on its way has another length there.
  const isPlain = response.headers.get('content-encoding') === null;
  const told = isPlain ? Number(response.headers.get('content-length') ?? NaN) : NaN;
  const allBytes = Number.isSafeInteger(told) && told > 0 ? told : null;
  const blobs: Blob[] = [];
  let parts: BlobPart[] = [];
  let partBytes = 0;
  let doneBytes = 0;
  const reader = response.body?.getReader();
  const refuseLarge = async (): Promise<never> => {
    await reader?.cancel();
    throw new Error(`The file at ${host} is larger than the ${formatBytes(mostBytes)} that are taken.`);
  };
  if ((allBytes ?? 0) > mostBytes) await refuseLarge();
  onProgress({ doneBytes, allBytes });
  for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
    parts.push(step.value);
    partBytes += step.value.byteLength;
    doneBytes += step.value.byteLength;
    if (doneBytes > mostBytes) await refuseLarge();
    if (partBytes > mostInMemory) {
      blobs.push(new Blob(parts));
      [parts, partBytes] = [[], 0];
    }
    onProgress({ doneBytes, allBytes: allBytes !== null && allBytes >= doneBytes ? allBytes : null });
  }
  if (allBytes !== null && doneBytes < allBytes) {
    throw new Error(
      `${host} sent ${formatBytes(doneBytes)} of ${formatBytes(allBytes)} and no more. Try again.`,
    );
  }
  return new Blob([...blobs, ...parts]);
}

/** What a host answered in place of a file, as a sentence. */
export function describeStatus(host: string, { status, statusText }: Response): string {
  const answer = `${host} answered with ${`${status} ${statusText}`.trim()}`;
  if (status === 404 || status === 410) return `${answer}: it has no file at this address.`;
  if (status === 401 || status === 403) return `${answer}: it does not give this file to everybody.`;
  if (status === 429 || status >= 500) return `${answer}: it cannot give the file now. Try again later.`;
  return `${answer}.`;
}

async function readReason(response: Response, host: string): Promise<string> {
  const refusal = parseRefusal(await response.json().catch(() => null));
  return refusal.isOk ? refusal.value.reason : `${host} could not be reached.`;
}

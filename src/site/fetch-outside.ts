import { answeredPaths, outHeaders, parseRefusal } from '../protocol/service-worker.ts';

/** Gets a file of another host for the notebook that a kernel belongs to. Rejects with a sentence for the reader. */
export type FetchOutside = (kernelId: string, url: string) => Promise<Blob>;

/**
 * Asks the service worker, which asks the workspace's policy, as the page itself reaches no other host.
 * @param siteUrl the service worker's scope, with a slash at its end
 * @param isControlling whether a service worker answers for the page
 */
export function createFetchOutside(siteUrl: string, isControlling: () => boolean): FetchOutside {
  return async (kernelId, url) => {
    const host = URL.canParse(url) ? new URL(url).host : url;
    if (!isControlling()) {
      throw new Error(
        `${host} cannot be reached, as this tab has no service worker. Reload the page; in a private window, open it in an ordinary one.`,
      );
    }
    const response = await fetch(`${siteUrl}${answeredPaths.out}${kernelId}/${encodeURIComponent(url)}`);
    if (response.headers.get(outHeaders.refused) !== null) throw new Error(await readReason(response, host));
    if (!response.ok) throw new Error(`${host} answered with ${response.status} ${response.statusText}.`);
    return await response.blob();
  };
}

async function readReason(response: Response, host: string): Promise<string> {
  const refusal = parseRefusal(await response.json().catch(() => null));
  return refusal.isOk ? refusal.value.reason : `${host} could not be reached.`;
}

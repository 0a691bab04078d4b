// @ts-check

/** How long the first answer may take. Without a network this is all that the attempt costs. */
const connectTimeoutMs = 3000;

/** How long a download may stand still. */
const stallTimeoutMs = 10_000;

/**
 * Wheels from where Pyodide publishes them. The first failure of the network ends the attempt, and so does a
 * refusal, which is what some networks answer for every other host; that a file is not there does not.
 * @param {string} distributionUrl ends in a slash
 * @param {{ connectMs?: number, stallMs?: number }} [timeouts]
 * @returns {import('./fill-cache.mjs').WheelSource}
 */
export function cdnSource(distributionUrl, { connectMs = connectTimeoutMs, stallMs = stallTimeoutMs } = {}) {
  return {
    label: 'CDN',
    async *offers(wanted) {
      for (const { fileName } of wanted) {
        const bytes = await download(new URL(fileName, distributionUrl), connectMs, stallMs);
        if (bytes !== undefined) yield { bytes, fileName };
      }
    },
  };
}

/**
 * @param {URL} url
 * @param {number} connectMs
 * @param {number} stallMs
 * @returns {Promise<Uint8Array | undefined>} undefined when the server says that it has no such file
 * @throws {Error} when the server cannot be reached, stops answering or refuses
 */
async function download(url, connectMs, stallMs) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), connectMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) {
      // A body that nobody reads would keep the connection, and with it this process, open.
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      throw new Error(`answer ${response.status}`);
    }
    /** @type {Uint8Array[]} */
    const parts = [];
    for await (const part of response.body) {
      parts.push(part);
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), stallMs);
    }
    return Buffer.concat(parts);
  } catch (error) {
    throw new Error(`${url.host} cannot be reached (${reason(error, abort.signal.aborted)})`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {unknown} error
 * @param {boolean} timedOut
 * @returns {string}
 */
function reason(error, timedOut) {
  if (timedOut) return 'no answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.message : String(error);
}

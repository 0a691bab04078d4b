/** Headers of the project's own: nobody outside is to see them, or to send them. */
const ownPrefix = 'x-cahier-';

/** What describes the way of an answer and not the answer: the browser has undone it already. */
const wayHeaders = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Would speak for this site.
  'clear-site-data',
  'service-worker-allowed',
]);

/**
 * The headers to send to another host: those of the script.
 * @param userAgent the browser's own; some browsers add it to the request, where it would look like the script's
 */
export function toSentHeaders(headers: Headers, userAgent: string): Headers {
  return filterHeaders(
    headers,
    (name, value) => !name.startsWith(ownPrefix) && !(name === 'user-agent' && value === userAgent),
  );
}

/** The headers to hand to the script: those of the other host. */
export function toReceivedHeaders(headers: Headers): Headers {
  return filterHeaders(headers, (name) => !name.startsWith(ownPrefix) && !wayHeaders.has(name));
}

function filterHeaders(headers: Headers, isKept: (name: string, value: string) => boolean): Headers {
  const kept = new Headers();
  headers.forEach((value, name) => {
    if (isKept(name, value)) kept.append(name, value);
  });
  return kept;
}

// Kept from the start: by the time it is used, scripts have run that may have put another in its place.
const NativeRequest = globalThis.XMLHttpRequest;

/** Fetches a file while Python waits, which the worker's other work does, too. Throws when it does not come whole. */
export function fetchNow(url: string): Uint8Array<ArrayBuffer> {
  const request = new NativeRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  request.send();
  const body: unknown = request.response;
  if (request.status !== 200 || !(body instanceof ArrayBuffer)) {
    throw new Error(`${url} answered with ${request.status}`);
  }
  return new Uint8Array(body);
}

import { fail, succeed, type Result } from '../shared/result.ts';

/** The address of another host, from its encoded form in the path. The problem is a sentence for the reader. */
export function readTarget(encoded: string): Result<URL, string> {
  const url = decode(encoded);
  if (!url) return fail('That is no address of another host.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return fail(`Only http: and https: can be reached from here, and not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    return fail('A name and a password cannot stand in the address: send them in a header.');
  }
  url.hash = '';
  return succeed(url);
}

function decode(encoded: string): URL | null {
  try {
    return new URL(decodeURIComponent(encoded));
  } catch {
    return null;
  }
}

import { fail, succeed, type Result } from '../../../shared/result.ts';

/** A site that a script wants shown. */
export interface Site {
  readonly url: string;
  readonly host: string;
  readonly origin: string;
  /** Not so for the own origin: a frame of it would share the page's storage. */
  readonly isEmbeddable: boolean;
}

/** Reads the address of a site; the problem is a sentence for the reader. */
export function readSite(address: string, ownOrigin = location.origin): Result<Site, string> {
  const shown = address.slice(0, 200);
  if (!URL.canParse(address)) return fail(`“${shown}” is no address of a site.`);
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail(`“${shown}” cannot be shown: sites have addresses that begin with https:// or http://.`);
  }
  // Whoever reads the address should not be misled by a name before the host.
  url.username = '';
  url.password = '';
  return succeed({
    url: url.href,
    host: url.host,
    origin: url.origin,
    isEmbeddable: url.origin !== ownOrigin,
  });
}

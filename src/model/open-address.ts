import { fail, succeed, type Result } from '../shared/result.ts';
import { nameOfAddress } from './file-address.ts';

/** Where a file is fetched that a link to Cahier names: `?open=<address>`. */
export interface OpenAddress {
  /** Absolute, without a fragment. */
  readonly url: string;
  readonly host: string;
  /** Whether it is of the origin that Cahier is served from: nobody is asked about that. */
  readonly isOwn: boolean;
  readonly fileName: string;
}

const parameter = 'open';

/** What stands behind `?open=` in the query of a page; null where there is no such thing. */
export function findOpenText(search: string): string | null {
  return new URLSearchParams(search).get(parameter);
}

/** The address of a page without what it was to open. */
export function dropOpenText(pageUrl: string): string {
  const url = new URL(pageUrl);
  // The others stay as they are written.
  const others = url.search
    .slice(1)
    .split('&')
    .filter((part) => !new URLSearchParams(part).has(parameter));
  url.search = others.join('&');
  return url.href;
}

/**
 * Reads the address of a workspace file, which may be given from where Cahier is served. The problem is a sentence with
 * its remedy.
 */
export function readOpenAddress(text: string, siteUrl: string): Result<OpenAddress, string> {
  const trimmed = text.trim();
  if (trimmed === '') return fail('The link names no file. Write its address behind “?open=”.');
  const site = new URL(siteUrl);
  const url = URL.canParse(trimmed, site) ? new URL(trimmed, site) : null;
  if (!url) return fail(`“${shorten(trimmed)}” is no address. Give one that begins with https://.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail(
      `The address begins with ${shorten(url.protocol)}, and only https:// and http:// lead to a file.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return fail(
      `The address has a user name or a password in it, which whoever gets the link can read. Ask for one without, or download the file and drop it here.`,
    );
  }
  const isOwn = url.origin === site.origin;
  if (!isOwn && site.protocol === 'https:' && url.protocol === 'http:' && !isThisComputer(url.hostname)) {
    return fail(
      `The address begins with http://, and browsers let a page of https:// fetch nothing from there. Try it with https://, or download the file and drop it here.`,
    );
  }
  url.hash = '';
  return succeed({ url: url.href, host: url.host, isOwn, fileName: nameOfAddress(url) });
}

/** Browsers take what this computer itself serves for safe. */
function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\]$)/.test(hostname);
}

/** So much of a wrong address is shown, in characters. */
const longestShown = 200;

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : text;
}

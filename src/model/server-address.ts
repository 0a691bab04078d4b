import { fail, succeed, type Result } from '../shared/result.ts';

/**
 * Reads the address of a real server as somebody types it; gives it without a slash at its end. The problem says what to
 * write instead.
 * @param siteUrl the address of this site, which decides what a browser lets it reach
 */
export function parseServerAddress(text: string, siteUrl: string): Result<string, string> {
  const example = 'such as https://onedata.example.org';
  const trimmed = text.trim();
  if (trimmed === '') return fail(`Give the address of the server, ${example}.`);
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return fail(`Give an address that begins with https:// or http://, ${example}.`);
  }
  if (url.username !== '' || url.password !== '') return fail('Leave out name and password: give a token.');
  if (url.search !== '' || url.hash !== '') return fail('Leave out what follows ? or # in the address.');
  if (url.hostname === 'onedata-server') {
    return fail(
      'That is the name by which scripts know it. Give the address at which your browser finds it.',
    );
  }
  // Browsers hold such requests back, this device aside.
  const isMixed = url.protocol === 'http:' && new URL(siteUrl).protocol === 'https:';
  if (isMixed && !/^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(url.hostname)) {
    return fail('This page came over https, and so it reaches servers over https only.');
  }
  return succeed(url.origin + url.pathname.replace(/\/+$/, ''));
}

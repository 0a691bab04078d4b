import { fail, succeed, type Result } from '../shared/result.ts';

/** Bytes in the letters that tokens are written with, without padding: https://www.rfc-editor.org/rfc/rfc4648#section-5 */
export function encodeBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of a text; only the one spelling that `encodeBase64Url` gives counts, so that no byte has two of them. */
export function decodeBase64Url(text: string): Result<Uint8Array<ArrayBuffer>, string> {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return fail('it is not base64url');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return encodeBase64Url(bytes) === text ? succeed(bytes) : fail('it is not base64url');
}

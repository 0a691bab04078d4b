import { carriedFileMark, pageLinkMark } from '../../model/saved-page.ts';
import { createPauses } from '../../shared/in-slices.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { lookAtFile } from './look-at-file.ts';

/** Why there is no workspace file in what was handed over. */
export interface UnwrapProblem {
  /** web-page: of whoever; the others are pages that show a notebook, saved by Cahier. */
  readonly type: 'web-page' | 'page-with-link' | 'page-alone' | 'page-damaged';
}

/** What stands before the notebook in a saved page, its styles among that, has far fewer bytes. */
const mostBytesBefore = 1_000_000;
/** So much of a page is decoded at once, which takes a moment. */
const pieceBytes = 1_000_000;

const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The workspace file in what was handed over: itself, unless that is a page. One that Cahier saved may carry a file, which is
 * taken out of its text: nothing of the page is shown or run. Whether it is a workspace is for others to find out.
 */
export async function unwrapFile(file: Blob): Promise<Result<Blob, UnwrapProblem>> {
  const look = await lookAtFile(file);
  if (look === 'page') return fail({ type: 'web-page' });
  if (look !== 'saved-page') return succeed(file);
  // As many characters as bytes.
  const before = await decode(file.slice(0, mostBytesBefore));
  const mark = before.indexOf(carriedFileMark);
  if (mark < 0) return fail({ type: before.includes(pageLinkMark) ? 'page-with-link' : 'page-alone' });
  const start = before.indexOf('">', mark + carriedFileMark.length);
  const carried = start < 0 ? null : await decodeCarried(file, start + '">'.length);
  return carried ? succeed(carried) : fail({ type: 'page-damaged' });
}

/** The bytes that stand in base64 in a page from here to the next tag; null where they are none, or end with the page. */
async function decodeCarried(page: Blob, start: number): Promise<Blob | null> {
  const pause = createPauses();
  // Blobs, which the browser may put on disk.
  const parts: Blob[] = [];
  let rest = '';
  for (let at = start; at < page.size; at += pieceBytes) {
    const piece = await decode(page.slice(at, at + pieceBytes));
    const end = piece.indexOf('<');
    const text = rest + (end < 0 ? piece : piece.slice(0, end));
    // Four characters stand for three bytes.
    const whole = end < 0 ? text.length - (text.length % 4) : text.length;
    rest = text.slice(whole);
    const bytes = decodeBase64(text.slice(0, whole));
    if (!bytes) return null;
    parts.push(new Blob([bytes]));
    if (end >= 0) return new Blob(parts);
    await pause();
  }
  return null;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !isBase64.test(text)) return null;
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

async function decode(part: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await part.arrayBuffer());
}

import { toMessage } from '../../shared/to-message.ts';
import type { EmbeddedBytes, PagePart } from '../../page/page-content.ts';
import { formatBytes } from '../../shared/format-bytes.ts';

/** What a page is gathered with. */
export interface PageTools {
  readonly signal: AbortSignal;
  readonly room: PageRoom;
}

/** A value of more bytes than this is not put into a page; nor are more in all. */
const mostBytes = { each: 5_000_000, all: 40_000_000 } as const;

/** How much a page still takes of values that stand in it as they are. */
export class PageRoom {
  #left: number = mostBytes.all;

  /** Bytes of the value as they stand in a page. Throws a sentence for the reader where it is too large. */
  async take(content: Blob, mediaType: string): Promise<EmbeddedBytes> {
    if (content.size > mostBytes.each || content.size > this.#left) {
      throw new Error(`it has ${formatBytes(content.size)}, which is too much for a page`);
    }
    this.#left -= content.size;
    return { mediaType, base64: await toBase64(content) };
  }
}

/** The bytes of a value in base64, which the browser makes on another thread. */
export async function toBase64(content: Blob): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(typeof reader.result === 'string' ? reader.result : '');
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('it cannot be read'));
    };
    reader.readAsDataURL(content);
  });
  return address.slice(address.indexOf(',') + 1);
}

/** A part of a page, or why it is not there. `what` begins a sentence: “The image “plot””. Rejects where the page is given up. */
export async function orRemark(
  what: string,
  { signal }: Pick<PageTools, 'signal'>,
  make: () => Promise<PagePart[]>,
): Promise<PagePart[]> {
  try {
    return await make();
  } catch (error) {
    signal.throwIfAborted();
    return [{ type: 'remark', text: `${what} is not in this page: ${toMessage(error)}` }];
  }
}

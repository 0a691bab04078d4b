/** Where a file is to be saved. none: the browser lets nobody choose; cancelled: nobody chose. */
export type SavePlace =
  | { readonly type: 'file'; readonly handle: FileSystemFileHandle }
  | { readonly type: 'none' }
  | { readonly type: 'cancelled' };

type Pick = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;

/**
 * Asks where to save a file, so that it can be written there piece by piece; `none` where the browser has no such question.
 * To be called while a press of a button is handled.
 */
export async function pickSavePlace(name: string): Promise<SavePlace> {
  const pick: unknown = Reflect.get(window, 'showSaveFilePicker');
  if (!isPick(pick)) return { type: 'none' };
  try {
    return { type: 'file', handle: await pick.call(window, { suggestedName: name }) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return { type: 'cancelled' };
    throw error;
  }
}

function isPick(value: unknown): value is Pick {
  return typeof value === 'function';
}

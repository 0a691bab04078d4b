/** The bytes of a file from `start` up to, not including, `end`. Rejects with an Error that says why they could not be read. */
export async function readBlob(file: Blob, start = 0, end = file.size): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The table file could not be read from storage: ${reason}`, { cause: error });
  }
}

/** A text, or its beginning. */
export interface ReadText {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Reads UTF-8 up to a number of bytes, so that a text of any size is looked into at the price of a small one. */
export async function readText(content: Blob, byteLimit: number): Promise<ReadText> {
  if (content.size <= byteLimit) return { text: await content.text(), isWhole: true };
  const bytes = await content.slice(0, byteLimit).arrayBuffer();
  // A sign that the cut goes through is left away.
  return { text: new TextDecoder().decode(bytes, { stream: true }), isWhole: false };
}

/** Placeholder until the library is there. */
export function writeParquet(arrow: Blob): Promise<Blob> {
  return Promise.resolve(arrow);
}

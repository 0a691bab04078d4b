/** The part of what the browser grants this origin that the site's own files may fill: the rest is the reader's. */
const ownPart = 0.5;

/**
 * Whether so many bytes more leave enough room for what the reader makes. A browser that does not say how much there is decides
 * when it is asked to store.
 */
export async function hasRoom(bytes: number, storage: StorageManager | undefined): Promise<boolean> {
  if (!storage) return true;
  const { usage, quota } = await storage.estimate();
  if (usage === undefined || quota === undefined) return true;
  return usage + bytes <= quota * ownPart;
}

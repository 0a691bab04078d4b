/**
 * Where the page stands. tab: on its own, or among pages of its own origin; embedded: it was asked to show one notebook for
 * another page, and has nothing of the workspace; framed: another site shows it, which could have its reader press what they do not see.
 */
export type PagePlace = 'tab' | 'embedded' | 'framed';

/** As much of a window as tells where it stands. */
export interface FramedWindow {
  readonly location: { readonly origin: string; readonly search: string };
  readonly parent: unknown;
}

export function findPagePlace(page: FramedWindow): PagePlace {
  if (new URLSearchParams(page.location.search).has('embed')) return 'embedded';
  return isAmongOwn(page) ? 'tab' : 'framed';
}

/** Whether all pages around it are of its origin. A browser lets no page look into one of another. */
function isAmongOwn(page: FramedWindow): boolean {
  try {
    for (let frame: unknown = page; ;) {
      const parent = readParent(frame, page.location.origin);
      if (parent === null) return false;
      if (parent === frame) return true;
      frame = parent;
    }
  } catch {
    return false;
  }
}

/** What is around a frame, itself where it is the outermost; null where that is of another origin. */
function readParent(frame: unknown, origin: string): object | null {
  if (typeof frame !== 'object' || frame === null || !('parent' in frame)) return null;
  const { parent } = frame;
  if (typeof parent !== 'object' || parent === null || !('location' in parent)) return null;
  const { location } = parent;
  const isOwn =
    typeof location === 'object' && location !== null && 'origin' in location && location.origin === origin;
  return isOwn ? parent : null;
}

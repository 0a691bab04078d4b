import { createBuildNames } from '../protocol/build-name.ts';

/** The build that the page is of; null for one that is being developed, which has no service worker. */
export function readPageBuild(page: Document): string | null {
  return page.querySelector<HTMLMetaElement>('meta[name="cahier-build"]')?.content ?? null;
}

/** Tells the service worker, for as long as the page is open, that files of its build are needed. */
export function holdBuild(locks: LockManager, siteUrl: string, buildId: string): void {
  const name = createBuildNames(siteUrl).toName(buildId);
  // A browser that refuses locks keeps the files of all builds until its pages are closed.
  locks.request(name, { mode: 'shared' }, () => new Promise(() => undefined)).catch(() => undefined);
}

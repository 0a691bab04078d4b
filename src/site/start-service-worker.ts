import { holdBuild, readPageBuild } from './page-build.ts';
import { findServiceWorkers } from './find-service-workers.ts';
import { ServiceWorkerLink } from './ServiceWorkerLink.ts';
import { Updates, type UpdateTools } from './Updates.ts';

/** The app opens and Python starts before the rest is fetched for visits without a network, in milliseconds. */
const keepingDelay = 5_000;

/** Longest times in milliseconds that the keeping waits for a service worker. */
const longestStart = { script: 60_000, install: 60_000 };

/**
 * Starts the service worker of a built site.
 * @param siteUrl the folder that the site is served from, with a slash at its end
 * @param isKept whether the app is kept for visits without a network
 */
export function startServiceWorker(
  siteUrl: string,
  tools: Omit<UpdateTools, 'now'>,
  isKept = true,
): ServiceWorkerLink {
  const buildId = readPageBuild(document);
  const container = findServiceWorkers();
  if (buildId === null || !container) return new ServiceWorkerLink(null, siteUrl, null);
  if ('locks' in navigator) holdBuild(navigator.locks, siteUrl, buildId);
  const updates = new Updates(buildId, { ...tools, now: () => Date.now() });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') updates.check();
  });
  const link = new ServiceWorkerLink(container, siteUrl, updates);
  link.start();
  if (isKept) void keepWhenIdle(link);
  return link;
}

async function keepWhenIdle(link: ServiceWorkerLink): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, keepingDelay));
  if (!(await link.whenControlling(longestStart))) return;
  // Not every browser tells when it is idle.
  if ('requestIdleCallback' in window) {
    requestIdleCallback(() => {
      link.keepOffline();
    });
  } else link.keepOffline();
}

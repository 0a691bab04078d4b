import { pythonSite, type SiteFile, type SitePackage } from 'virtual:python-site';
import kernelWorkerUrl from './kernel-worker/entry.ts?worker&url';
import { compileCore } from './kernel/compile-core.ts';
import { KernelWorkers } from './kernel/KernelWorkers.ts';
import { findPagePlace } from './site/find-page-place.ts';
import { findServiceWorkers } from './site/find-service-workers.ts';
import type { PackedFile, PackedPackage, PythonAddresses } from './protocol/messages.ts';

/**
 * What a visitor waits for longest is begun here: `main.ts` imports this module before all others, so that it runs before
 * they do, on other threads than theirs.
 */

/** The folder that the site is served from, with a slash at its end. */
export const base = new URL('.', document.baseURI).href;

/** Where the page stands, which says what it shows. */
export const place = findPagePlace(window);

export const addresses: PythonAddresses = {
  siteUrl: base,
  pyodideUrl: new URL(pythonSite.pyodidePath, base).href,
  servedFiles: pythonSite.servedFiles,
  wheelCdnUrl: pythonSite.wheelCdnUrl,
  stdlib: toPackage(pythonSite.stdlib),
  sdk: toPackage(pythonSite.sdk),
  archives: pythonSite.archives.map((archive) => ({ ...archive, ...toPackage(archive) })),
  pythonBuildId: pythonSite.pythonBuildId,
};

function toPackage({ archive, sources }: SitePackage): PackedPackage {
  return { archive: toFile(archive), sources: toFile(sources) };
}

function toFile({ path, ...file }: SiteFile): PackedFile {
  return { url: new URL(path, base).href, ...file };
}

export const kernelWorkers = new KernelWorkers(new URL(kernelWorkerUrl, base).href, addresses.pyodideUrl);

// A worker that starts before a service worker answers for the page stays without it in some browsers. Where there are
// none, as in contexts that are not secure, `main.ts` sees to the worker.
if (place !== 'framed' && findServiceWorkers()?.controller) kernelWorkers.prepare();

/** Compiled in the page, and at once: every worker takes it from here instead of compiling its own. */
export const core =
  place === 'framed' ? Promise.resolve(null) : compileCore(`${addresses.pyodideUrl}pyodide.asm.wasm`);

import { pythonSite } from 'virtual:python-site';
import kernelWorkerUrl from './kernel-worker/entry.ts?worker&url';
import { compileCore } from './kernel/compile-core.ts';
import { KernelWorkers } from './kernel/KernelWorkers.ts';
import { listAddresses } from './kernel/list-addresses.ts';
import { findPagePlace } from './site/find-page-place.ts';
import { findServiceWorkers } from './site/find-service-workers.ts';

/**
 * What a visitor waits for longest is begun here: `main.ts` imports this module before all others, so that it runs before
 * they do, on other threads than theirs.
 */

/** The folder that the site is served from, with a slash at its end. */
export const base = new URL('.', document.baseURI).href;

/** Where the page stands, which says what it shows. */
export const place = findPagePlace(window);

export const addresses = listAddresses(pythonSite, base);

export const kernelWorkers = new KernelWorkers(new URL(kernelWorkerUrl, base).href, addresses.pyodideUrl);

// A worker that starts before a service worker answers for the page stays without it in some browsers. Where there are
// none, as in contexts that are not secure, `main.ts` sees to the worker.
if (place !== 'framed' && findServiceWorkers()?.controller) kernelWorkers.prepare();

/** Compiled in the page, and at once: every worker takes it from here instead of compiling its own. */
export const core =
  place === 'framed' ? Promise.resolve(null) : compileCore(`${addresses.pyodideUrl}pyodide.asm.wasm`);

import { removeEverywhere } from './global-names.ts';
import { createGatedFetch } from './network-fetch.ts';
import type { NetworkGate } from './network-gate.ts';
import { createGatedRequest } from './network-request.ts';

/**
 * Puts the gate's `fetch` and `XMLHttpRequest` in the place of the browser's. To be called before Python starts, whose
 * modules take hold of them. The browser's own are no way around it: the page's policy keeps them to this origin.
 */
export function installNetworkGate(gate: NetworkGate): void {
  replace('fetch', createGatedFetch(globalThis.fetch.bind(globalThis), gate));
  replace('XMLHttpRequest', createGatedRequest(globalThis.XMLHttpRequest, gate));
}

function replace(name: string, value: unknown): void {
  removeEverywhere(globalThis, name);
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true });
}

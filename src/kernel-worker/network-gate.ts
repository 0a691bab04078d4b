import { answeredPaths } from '../protocol/service-worker.ts';

/** The way from a kernel to other hosts, which leads through the service worker. */
export interface NetworkGate {
  /** The service worker's scope: absolute, ends in a slash. */
  readonly siteUrl: string;
  readonly kernelId: string;
  readonly hasServiceWorker: boolean;
  /** Told, in a sentence, of every request that got nowhere and why. */
  readonly onRefusal: (text: string) => void;
  /** Called when a request that blocked the worker came to nothing: its job may have been asked to stop meanwhile. */
  readonly lookForStop: () => void;
}

/** A request's target outside of this site's origin. */
export interface OutsideTarget {
  /** The absolute address that was asked for, without a fragment. */
  readonly url: string;
  readonly host: string;
  /** The address of this origin that the service worker answers in its place. */
  readonly gateUrl: string;
}

/**
 * Where a request has to go when it is for another origin. Null for all that goes its own way: this origin, `data:` and
 * `blob:`, and what is no address of the web, which the browser refuses in its own words.
 */
export function findOutsideTarget(gate: NetworkGate, address: string): OutsideTarget | null {
  if (!URL.canParse(address)) return null;
  const target = new URL(address);
  const isWeb = target.protocol === 'http:' || target.protocol === 'https:';
  if (!isWeb || target.origin === new URL(gate.siteUrl).origin) return null;
  target.hash = '';
  const { href: url, host } = target;
  const path = `${answeredPaths.out}${gate.kernelId}/${encodeURIComponent(url)}`;
  return { url, host, gateUrl: gate.siteUrl + path };
}

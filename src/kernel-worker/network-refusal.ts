import { apiServer, outHeaders, parseRefusal } from '../protocol/service-worker.ts';
import type { NetworkGate, OutsideTarget } from './network-gate.ts';

/** Why a request cannot even be tried; null when it can. */
export function explainMissingGate(gate: NetworkGate, target: OutsideTarget): string | null {
  return gate.hasServiceWorker ? null : describeMissingGate(target);
}

function describeMissingGate({ host }: OutsideTarget): string {
  const what =
    host === new URL(apiServer.origin).host
      ? `and so nobody answers for ${host}`
      : 'so nothing outside this site can be reached';
  return `This browser tab has no service worker, ${what}. Reload the page; in a private window, where browsers often have none, open it in an ordinary one.`;
}

/** Whether an answer is the other host's. If not, it is the gate's own, or that of somebody who is no gate. */
export function isFromOutside(getHeader: (name: string) => string | null): boolean {
  return getHeader(outHeaders.refused) === null && getHeader(outHeaders.finalUrl) !== null;
}

/** The sentence for an answer that is not the other host's: what happened and what can be done. */
export function explainRefusal(
  target: OutsideTarget,
  getHeader: (name: string) => string | null,
  body: string,
): string {
  const { host } = target;
  const reason = readReason(body);
  switch (getHeader(outHeaders.refused)) {
    case 'policy':
      return reason ?? `${host} is not allowed by the workspace's network policy.`;
    case 'network':
      return reason ?? `${host} could not be reached. Check the address and the connection.`;
    default:
      return describeMissingGate(target);
  }
}

function readReason(body: string): string | null {
  try {
    const parsed = parseRefusal(JSON.parse(body));
    return parsed.isOk ? parsed.value.reason : null;
  } catch {
    return null;
  }
}

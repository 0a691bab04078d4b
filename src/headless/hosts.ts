import { decide } from '../model/network-policy.ts';
import type { HostVerdict } from '../protocol/service-worker.ts';

/** Nothing is reached for the sake of Python's packages alone: their host is one to be allowed, as any other. */
const noDistribution = 'https://cahier.invalid/';

/** Decides which hosts scripts reach: those that were named, as `parseHostPattern` gives them, and no other. */
export function createHostDecision(hosts: readonly string[]): (method: string, url: string) => HostVerdict {
  const policy = { mode: hosts.length > 0 ? 'allow-list' : 'none', hosts } as const;
  return (method, url) => {
    const decision = decide(policy, { method, url }, noDistribution);
    if (decision.decision === 'allowed') return { isAllowed: true };
    if (decision.decision === 'ask' || !URL.canParse(url)) {
      return { isAllowed: false, reason: 'Nobody can be asked here.' };
    }
    const { host } = new URL(url);
    return { isAllowed: false, reason: `${decision.reason} At the command line: --allow-host ${host}` };
  };
}

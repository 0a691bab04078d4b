import type { NetworkPolicy } from '../../model/network-policy.ts';
import { assertNever } from '../../shared/assert-never.ts';

/** So many hosts are named. */
const mostNamed = 3;

/** Which hosts what is trusted can reach, as a sentence. */
export function describeHosts({ mode, hosts }: NetworkPolicy): string {
  const packages = 'the host of Python’s packages';
  const reached =
    hosts.length === 0 ? packages : `${packages}, and ${nameHosts(hosts)}, which this workspace allows`;
  switch (mode) {
    case 'ask':
      return `Scripts can reach ${reached}. You are asked about all others.`;
    case 'allow-list':
      return `Scripts can reach ${reached}. All others are refused.`;
    case 'none':
      return 'Scripts reach no other host, as this workspace allows none.';
    default:
      return assertNever(mode);
  }
}

function nameHosts(hosts: readonly string[]): string {
  const left = hosts.length - mostNamed;
  const named = hosts.slice(0, mostNamed).join(', ');
  return left > 0 ? `${named} and ${left} more` : named;
}

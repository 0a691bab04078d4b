import { assertNever } from '../shared/assert-never.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

export const networkModes = ['ask', 'allow-list', 'none'] as const;

export type NetworkMode = (typeof networkModes)[number];

/** Which hosts the scripts of a workspace may reach. */
export interface NetworkPolicy {
  /** What happens to a host that is not listed; in `none` the listed ones are not reached either. */
  readonly mode: NetworkMode;
  /** Host patterns as `parseHostPattern` gives them, in the order they were added. */
  readonly hosts: readonly string[];
}

/** A request of a script to another host. */
export interface HostRequest {
  /** The kernel that the script runs in. */
  readonly kernelId: string;
  readonly method: string;
  /** An absolute address. */
  readonly url: string;
}

/** Whether a request may go; the reason is a sentence for whoever wrote the script. */
export type HostVerdict =
  { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string };

/** What a policy says of a request; `ask` leaves it to the user, and names the host as a pattern of it. */
export type NetworkDecision =
  | { readonly decision: 'allowed' }
  | { readonly decision: 'refused'; readonly reason: string }
  | { readonly decision: 'ask'; readonly host: string };

/** The policy of a new workspace. */
export const standardNetworkPolicy: NetworkPolicy = { mode: 'ask', hosts: [] };

/** Where a policy is changed, as the sentences of a refusal name the place. */
const place = '“Network” in the workspace pane';

/**
 * Decides on a request by a policy. `distributionUrl` is the folder of Python's packages, which ends in a slash: its
 * files may be fetched unless nothing may.
 */
export function decide(
  policy: NetworkPolicy,
  { method, url }: Pick<HostRequest, 'method' | 'url'>,
  distributionUrl: string,
): NetworkDecision {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol)) {
    return refuse('Only addresses that begin with http:// or https:// can be reached.');
  }
  const { host } = address;
  switch (policy.mode) {
    case 'none':
      return refuse(
        `${host} was not reached: the workspace's network policy allows no other host. Change it under ${place}.`,
      );
    case 'allow-list':
    case 'ask':
      if (isDistributionFile(address, method, distributionUrl)) return { decision: 'allowed' };
      if (policy.hosts.some((pattern) => matchesHost(pattern, host))) return { decision: 'allowed' };
      if (policy.mode === 'ask') return { decision: 'ask', host };
      return refuse(`${host} is not allowed by the workspace's network policy. Allow it under ${place}.`);
    default:
      return assertNever(policy.mode);
  }
}

/** The answer where the user refused a host that the policy left to them; of no job are the pictures of a note, as an example. */
export function describeRefusalByUser(host: string, isOfJob: boolean): string {
  const again = isOfJob ? 'Run the cell again' : 'Wait a minute and try again';
  return `${host} was refused when you were asked. ${again} to be asked again, or allow the host under ${place}.`;
}

function refuse(reason: string): NetworkDecision {
  return { decision: 'refused', reason };
}

/** Names files of the folder itself, and carries nothing else there. */
function isDistributionFile(address: URL, method: string, distributionUrl: string): boolean {
  if (method !== 'GET' || !address.href.startsWith(distributionUrl)) return false;
  return /^[\w.+~-]+$/.test(address.href.slice(distributionUrl.length));
}

/** `pattern` is one that `parseHostPattern` gave, `host` one of a parsed address. */
function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/**
 * Reads a host as somebody types it: a name or `*.` and a name, with a port where it is not the usual one, or a whole
 * address, of which the host is taken. Gives it as addresses have it: lower case, other alphabets in punycode. The
 * problem says what to write instead.
 */
export function parseHostPattern(text: string): Result<string, string> {
  const trimmed = text.trim();
  if (trimmed === '') return fail('Give the name of a host, such as data.example.org.');
  const withoutScheme = trimmed.replace(/^https?:\/\//i, '');
  const host = withoutScheme.includes('://') ? '' : withoutScheme.replace(/[/?#].*$/s, '');
  const name = host.startsWith('*.') ? host.slice(2) : host;
  if (name.includes('*')) {
    return fail('A * stands at the beginning only, before a dot: *.example.org allows every host below it.');
  }
  if (name.includes('@')) return fail('Leave out the user name: a host is allowed for everybody.');
  const parsed = URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : null;
  if (!parsed || !isHostName(parsed.hostname)) {
    return fail(`“${trimmed}” is no host. Write a name such as data.example.org or *.example.org.`);
  }
  // Port 443 is gone by now; 80 is the usual one of http.
  const normalised = parsed.host.replace(/:80$/, '');
  if (name === host) return succeed(normalised);
  if (!/^[^[]*[a-z]/.test(parsed.hostname) || !parsed.hostname.includes('.')) {
    return fail(`“${trimmed}” is too wide: a * needs a name of at least two parts behind it.`);
  }
  return succeed(`*.${normalised}`);
}

/** Letters, digits and hyphens in parts, or an address in brackets; what a browser's own reading lets through more. */
function isHostName(hostname: string): boolean {
  return (
    /^\[[\da-f:.]+\]$/.test(hostname) ||
    /^[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/.test(hostname)
  );
}

/** Adds a pattern once; a policy that has it stays as it is. */
export function addHost(policy: NetworkPolicy, pattern: string): NetworkPolicy {
  return policy.hosts.includes(pattern) ? policy : { ...policy, hosts: [...policy.hosts, pattern] };
}

export function removeHost(policy: NetworkPolicy, pattern: string): NetworkPolicy {
  return { ...policy, hosts: policy.hosts.filter((host) => host !== pattern) };
}

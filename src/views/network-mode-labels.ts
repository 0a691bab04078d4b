import type { NetworkMode } from '../model/network-policy.ts';

/** How the modes of a network policy are called and explained. */
export const networkModeLabels: Readonly<
  Record<NetworkMode, { readonly name: string; readonly hint: string }>
> = {
  ask: { name: 'ask', hint: 'You are asked when a script wants a host that is not listed.' },
  'allow-list': { name: 'listed hosts', hint: 'Hosts that are not listed are refused without asking.' },
  none: { name: 'none', hint: 'Nothing outside this site is reached, not even for packages of Python.' },
};

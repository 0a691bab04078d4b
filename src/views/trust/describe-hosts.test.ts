import { expect, it } from 'vitest';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import { describeHosts } from './describe-hosts.ts';

it.each<[NetworkPolicy, string]>([
  [
    { mode: 'ask', hosts: [] },
    'Scripts can reach the host of Python’s packages. You are asked about all others.',
  ],
  [
    { mode: 'ask', hosts: ['a.example', 'b.example', 'c.example'] },
    'Scripts can reach the host of Python’s packages, and a.example, b.example, c.example, which this workspace allows. You are asked about all others.',
  ],
  [
    { mode: 'allow-list', hosts: ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'] },
    'Scripts can reach the host of Python’s packages, and a.example, b.example, c.example and 2 more, which this workspace allows. All others are refused.',
  ],
  [{ mode: 'none', hosts: ['a.example'] }, 'Scripts reach no other host, as this workspace allows none.'],
])('of the policy %o it is said what scripts can reach', (policy, sentence) => {
  expect(describeHosts(policy)).toBe(sentence);
});

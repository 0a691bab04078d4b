import { describe, expect, it } from 'vitest';
import {
  addHost,
  decide,
  parseHostPattern,
  removeHost,
  standardNetworkPolicy,
  type NetworkMode,
  type NetworkPolicy,
} from './network-policy.ts';

const distributionUrl = 'https://cdn.example/pyodide/full/';
const hosts = ['data.example.org', '*.example.net', 'localhost:8080', 'xn--bcher-kva.example'];

function decideGet(policy: NetworkPolicy, url: string, method = 'GET'): string {
  const decision = decide(policy, { method, url }, distributionUrl);
  return decision.decision === 'ask' ? `ask for ${decision.host}` : decision.decision;
}

describe('a network policy', () => {
  it.each([
    ['https://data.example.org/table.csv', 'allowed'],
    ['http://data.example.org/table.csv', 'allowed'],
    ['https://DATA.example.org:443/', 'allowed'],
    ['https://data.example.org:8443/', 'refused'],
    ['https://other.example.org/', 'refused'],
    ['https://data.example.org.evil.example/', 'refused'],
    ['https://evil.example/data.example.org', 'refused'],
    ['https://data.example.org@evil.example/', 'refused'],
    ['https://a.example.net/', 'allowed'],
    ['https://a.b.example.net/', 'allowed'],
    ['https://example.net/', 'refused'],
    ['https://badexample.net/', 'refused'],
    ['http://localhost:8080/api', 'allowed'],
    ['http://localhost/api', 'refused'],
    ['https://bücher.example/', 'allowed'],
    ['ftp://data.example.org/', 'refused'],
    ['data.example.org', 'refused'],
  ])('with a list of hosts decides on %s: %s', (url, expected) => {
    expect(decideGet({ mode: 'allow-list', hosts }, url)).toBe(expected);
  });

  it('asks for a host that is not listed where it is to ask', () => {
    const policy = { mode: 'ask', hosts } as const;
    expect(decideGet(policy, 'https://data.example.org/')).toBe('allowed');
    expect(decideGet(policy, 'https://Other.example:8443/x')).toBe('ask for other.example:8443');
    expect(decideGet(standardNetworkPolicy, 'https://data.example.org/')).toBe('ask for data.example.org');
  });

  it.each<[NetworkMode, string]>([
    ['ask', 'allowed'],
    ['allow-list', 'allowed'],
    ['none', 'refused'],
  ])('in mode "%s" decides on a file of the distribution: %s', (mode, expected) => {
    expect(decideGet({ mode, hosts: [] }, `${distributionUrl}numpy-2.2.5-py3-none-any.whl`)).toBe(expected);
  });

  it.each([
    ['POST', 'a.whl'],
    ['GET', 'a.whl?secret=1'],
    ['GET', 'a.whl#x'],
    ['GET', 'folder/a.whl'],
    ['GET', '../../other/a.whl'],
    ['GET', '%2e%2e/a.whl'],
    ['GET', ''],
  ])('does not take %s of "%s" for a file of the distribution', (method, path) => {
    const policy = { mode: 'allow-list', hosts: [] } as const;
    expect(decideGet(policy, distributionUrl + path, method)).toBe('refused');
  });

  it('says why it refuses and what can be done', () => {
    const request = { method: 'GET', url: 'https://data.example.org/x' };
    expect(decide({ mode: 'allow-list', hosts: [] }, request, distributionUrl)).toEqual({
      decision: 'refused',
      reason:
        "data.example.org is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane.",
    });
    expect(decide({ mode: 'none', hosts: ['data.example.org'] }, request, distributionUrl)).toEqual({
      decision: 'refused',
      reason:
        "data.example.org was not reached: the workspace's network policy allows no other host. Change it under “Network” in the workspace pane.",
    });
  });

  it('gets a host once, and loses it again', () => {
    const policy = addHost(addHost(standardNetworkPolicy, 'a.example'), 'a.example');
    expect(policy).toEqual({ mode: 'ask', hosts: ['a.example'] });
    expect(removeHost(policy, 'a.example')).toEqual({ mode: 'ask', hosts: [] });
  });
});

describe('a host as it is typed', () => {
  it.each([
    ['data.example.org', 'data.example.org'],
    ['  Data.Example.ORG ', 'data.example.org'],
    ['*.Example.org', '*.example.org'],
    ['*.3.example', '*.3.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['*.bücher.example', '*.xn--bcher-kva.example'],
    ['https://data.example.org/table.csv?x=1', 'data.example.org'],
    ['data.example.org:443', 'data.example.org'],
    ['data.example.org:80', 'data.example.org'],
    ['data.example.org:8443', 'data.example.org:8443'],
    ['localhost:8080', 'localhost:8080'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]:8080', '[::1]:8080'],
    ['my_host.example', 'my_host.example'],
  ])('%s is %s', (text, expected) => {
    expect(parseHostPattern(text)).toEqual({ isOk: true, value: expected });
  });

  it.each([
    ['', 'Give the name of a host, such as data.example.org.'],
    ['*', 'A * stands at the beginning only'],
    ['data.*.org', 'A * stands at the beginning only'],
    ['*example.org', 'A * stands at the beginning only'],
    ['*.org', '“*.org” is too wide'],
    ['*.168.0.1', 'is too wide'],
    ['*.[::1]', 'is too wide'],
    ['user:word@example.org', 'Leave out the user name'],
    ['data example.org', '“data example.org” is no host.'],
    ['example.org:99999', '“example.org:99999” is no host.'],
    ['..', '“..” is no host.'],
    ["exa'mple.org", 'is no host.'],
    ['ftp://example.org', 'is no host.'],
  ])('"%s" is refused', (text, problem) => {
    const parsed = parseHostPattern(text);
    expect(parsed.isOk ? parsed.value : parsed.problem).toContain(problem);
  });
});

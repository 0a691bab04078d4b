import { expect, it } from 'vitest';
import { createHostDecision } from './hosts.ts';

const wheel = 'https://cdn.jsdelivr.net/pyodide/v0.29.3/full/six.whl';

it('lets nobody through where no host was named', () => {
  expect(createHostDecision([])('GET', wheel)).toEqual({
    isAllowed: false,
    reason:
      "cdn.jsdelivr.net was not reached: the workspace's network policy allows no other host. Change it under “Network” in the workspace pane. At the command line: --allow-host cdn.jsdelivr.net",
  });
});

it('lets those through that were named, and Python’s packages only where their host was', () => {
  const decide = createHostDecision(['*.example.org']);
  expect(decide('GET', 'https://data.example.org/a.csv')).toEqual({ isAllowed: true });
  expect(decide('GET', wheel)).toEqual({
    isAllowed: false,
    reason:
      "cdn.jsdelivr.net is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane. At the command line: --allow-host cdn.jsdelivr.net",
  });
  expect(createHostDecision(['cdn.jsdelivr.net'])('GET', wheel)).toEqual({ isAllowed: true });
});

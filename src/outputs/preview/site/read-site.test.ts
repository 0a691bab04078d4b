import { expect, it } from 'vitest';
import { readSite } from './read-site.ts';

const own = 'https://cahier.example';

it('reads the address of a site, without a name that could mislead', () => {
  expect(readSite('https://bank.example@host.example:8443/a?b#c', own)).toEqual({
    isOk: true,
    value: {
      url: 'https://host.example:8443/a?b#c',
      host: 'host.example:8443',
      origin: 'https://host.example:8443',
      isEmbeddable: true,
    },
  });
});

it('does not embed the own origin', () => {
  const site = readSite('https://cahier.example/other', own);
  expect(site.isOk && site.value.isEmbeddable).toBe(false);
});

it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'blob:https://a.example/1'])(
  'refuses %s',
  (address) => {
    expect(readSite(address, own)).toEqual({
      isOk: false,
      problem: `“${address}” cannot be shown: sites have addresses that begin with https:// or http://.`,
    });
  },
);

it('refuses what is no address', () => {
  expect(readSite('not a site', own)).toEqual({
    isOk: false,
    problem: '“not a site” is no address of a site.',
  });
});

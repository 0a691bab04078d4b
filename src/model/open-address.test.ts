import { expect, it } from 'vitest';
import { dropOpenText, findOpenText, readOpenAddress } from './open-address.ts';

const siteUrl = 'https://cahier.example/app/';

function readProblem(text: string): string {
  const read = readOpenAddress(text, siteUrl);
  return read.isOk ? `none: ${read.value.url}` : read.problem;
}

it('finds what a link is to open', () => {
  expect(findOpenText('?embed&open=https%3A%2F%2Fa.example%2Fb.cahier%3Fc%3D1%26d')).toBe(
    'https://a.example/b.cahier?c=1&d',
  );
  expect([findOpenText('?open='), findOpenText('?opened=x'), findOpenText('')]).toEqual(['', null, null]);
});

it('takes it out of the address of the page, and nothing else', () => {
  expect(dropOpenText('https://cahier.example/app/?embed&open=a.cahier&o%70en=b&x=1#cell')).toBe(
    'https://cahier.example/app/?embed&x=1#cell',
  );
  expect(dropOpenText('https://cahier.example/app/?open=a.cahier')).toBe('https://cahier.example/app/');
});

it('reads addresses of other hosts, and those from where the site is', () => {
  const addresses = [
    'https://files.example:8443/a/Lesson%201.cahier?version=2#part',
    ' lessons/one.cahier ',
    '/two.cahier',
    'http://localhost:8000/',
  ];
  expect(addresses.map((text) => readOpenAddress(text, siteUrl))).toEqual([
    {
      isOk: true,
      value: {
        url: 'https://files.example:8443/a/Lesson%201.cahier?version=2',
        host: 'files.example:8443',
        isOwn: false,
        fileName: 'Lesson 1.cahier',
      },
    },
    {
      isOk: true,
      value: {
        url: 'https://cahier.example/app/lessons/one.cahier',
        host: 'cahier.example',
        isOwn: true,
        fileName: 'one.cahier',
      },
    },
    {
      isOk: true,
      value: {
        url: 'https://cahier.example/two.cahier',
        host: 'cahier.example',
        isOwn: true,
        fileName: 'two.cahier',
      },
    },
    {
      isOk: true,
      value: {
        url: 'http://localhost:8000/',
        host: 'localhost:8000',
        isOwn: false,
        fileName: 'localhost',
      },
    },
  ]);
});

it('names a file as its address does where that is not encoded as it should be', () => {
  const read = readOpenAddress('https://files.example/100%.cahier', siteUrl);
  expect(read.isOk && read.value.fileName).toBe('100%.cahier');
});

it('says of an address that cannot be fetched what to do', () => {
  expect(readProblem('  ')).toBe('The link names no file. Write its address behind “?open=”.');
  expect(readProblem('https://')).toBe('“https://” is no address. Give one that begins with https://.');
  expect(readProblem(`https://a b/${'x'.repeat(300)}`)).toBe(
    `“https://a b/${'x'.repeat(188)}…” is no address. Give one that begins with https://.`,
  );
  for (const text of ['file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,a', 'blob:https://a/b']) {
    expect(readProblem(text)).toBe(
      `The address begins with ${text.split(':')[0]}:, and only https:// and http:// lead to a file.`,
    );
  }
  for (const text of ['https://ada:secret@files.example/a.cahier', 'https://ada@cahier.example/a.cahier']) {
    expect(readProblem(text)).toBe(
      'The address has a user name or a password in it, which whoever gets the link can read. Ask for one without, or download the file and drop it here.',
    );
  }
  expect(readProblem('http://files.example/a.cahier')).toBe(
    'The address begins with http://, and browsers let a page of https:// fetch nothing from there. Try it with https://, or download the file and drop it here.',
  );
});

it('leaves http:// to a site that is served so itself', () => {
  const read = readOpenAddress('http://files.example/a.cahier', 'http://cahier.example/');
  expect(read.isOk && read.value).toMatchObject({ host: 'files.example', isOwn: false });
});

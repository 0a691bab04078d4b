import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../shared/result.ts';
import { parseServerAddress } from './server-address.ts';

const secure = 'https://cahier.example/';
const local = 'http://localhost:4173/';

describe('the address of a real server', () => {
  it.each([
    [' https://od.example ', 'https://od.example'],
    ['https://OD.example:8443/base//', 'https://od.example:8443/base'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
  ])('may be “%s”', (text, address) => {
    expect(parseServerAddress(text, secure)).toEqual(succeed(address));
  });

  it.each([
    ['', 'Give the address of the server, such as https://onedata.example.org.'],
    [
      'od.example',
      'Give an address that begins with https:// or http://, such as https://onedata.example.org.',
    ],
    [
      'ftp://od.example',
      'Give an address that begins with https:// or http://, such as https://onedata.example.org.',
    ],
    [
      'javascript:alert(1)',
      'Give an address that begins with https:// or http://, such as https://onedata.example.org.',
    ],
    ['https://ada:secret@od.example', 'Leave out name and password: give a token.'],
    ['https://od.example/?token=1', 'Leave out what follows ? or # in the address.'],
    [
      'http://onedata-server:8080',
      'That is the name by which scripts know it. Give the address at which your browser finds it.',
    ],
    ['http://od.example', 'This page came over https, and so it reaches servers over https only.'],
    [
      'http://localhost.evil.example',
      'This page came over https, and so it reaches servers over https only.',
    ],
  ])('may not be “%s”', (text, problem) => {
    expect(parseServerAddress(text, secure)).toEqual(fail(problem));
  });

  it('may be one over http where the page came over it, too', () => {
    expect(parseServerAddress('http://od.example', local)).toEqual(succeed('http://od.example'));
  });
});

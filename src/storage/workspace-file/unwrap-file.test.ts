import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { carriedFileMark, pageLinkMark } from '../../model/saved-page.ts';
import { unwrapFile } from './unwrap-file.ts';

/** As Cahier saves one; the tests of pages keep it up to date. */
const savedPage = readFileSync(new URL('../../page/testing/sales.html', import.meta.url), 'utf8');

/** The same page with this in the place of all that leads to its notebook. */
function pageWith(ways: string): Blob {
  const [start = '', end = ''] = savedPage.split(/<p class="ways">[^]*<\/header>/);
  return new Blob([start, ways, '</header>', end]);
}

function carry(base64: string, name = 'Sales.cahier'): Blob {
  return pageWith(`${carriedFileMark}${name}">${base64}</script>`);
}

/** The bytes that were found, or why there are none. */
async function unwrap(file: Blob): Promise<readonly number[] | string> {
  const found = await unwrapFile(file);
  return found.isOk ? [...new Uint8Array(await found.value.arrayBuffer())] : found.problem.type;
}

describe('the workspace file in a file', () => {
  it('is the file itself where that is no page', async () => {
    const file = new Blob(['PK and more']);
    expect(await unwrapFile(file)).toEqual({ isOk: true, value: file });
  });

  it('is what a saved page carries, whatever its name is', async () => {
    expect(await unwrap(carry('UEsDBA=='))).toEqual([0x50, 0x4b, 3, 4]);
    expect(await unwrap(carry('UEsDBA==', 'Märkte &quot;&gt;&lt;b&gt;.cahier'))).toEqual([0x50, 0x4b, 3, 4]);
  });

  it('may be larger than what is decoded at once', async () => {
    const bytes = Uint8Array.from({ length: 2_500_001 }, (_, index) => (index * 7) % 256);
    const found = await unwrapFile(carry(Buffer.from(bytes).toString('base64')));
    if (!found.isOk) throw new Error(found.problem.type);
    expect(Buffer.compare(Buffer.from(await found.value.arrayBuffer()), bytes)).toBe(0);
  });

  it('is not in a page that leads to its notebook otherwise, or not at all', async () => {
    const link = `<p class="ways">${pageLinkMark}https://cahier.example/#notebook=1.abc">Open in Cahier</a></p>`;
    expect(await unwrap(pageWith(link))).toBe('page-with-link');
    expect(await unwrap(pageWith(''))).toBe('page-alone');
    expect(
      await unwrap(new Blob(['<!doctype html><title>Sign in</title>', carriedFileMark, 'a">UEsD</script>'])),
    ).toBe('web-page');
  });

  test.each([
    ['no base64', carry('javascript:alert(1)')],
    ['a character too few', carry('UEsDBA=')],
    ['marks of the end in the middle', carry('UE==DBA=')],
    ['an end too early', new Blob([pageWith('').slice(0, 4_000), carriedFileMark, 'a">UEsD'])],
    ['no end of the name', new Blob([pageWith('').slice(0, 4_000), carriedFileMark, 'a'.repeat(1_000)])],
  ])('is none where a page has %s', async (_, page) => {
    expect(await unwrap(page)).toBe('page-damaged');
  });
});

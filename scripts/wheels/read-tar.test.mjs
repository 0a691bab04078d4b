// @ts-check
import { describe, expect, it } from 'vitest';
import { readTarFiles } from './read-tar.mjs';

/**
 * @param {string} content
 * @param {string} [type] '0' is an ordinary file, 'x' an extended header, '5' a folder
 */
function entry(content, type = '0') {
  const header = Buffer.alloc(512);
  header.write('package/file', 0);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  header.write('ustar\0', 257);
  const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  padded.write(content);
  return Buffer.concat([header, padded]);
}

const end = Buffer.alloc(1024);

/**
 * @param {Buffer} archive
 * @param {number} chunkBytes
 */
async function* inChunks(archive, chunkBytes) {
  for (let start = 0; start < archive.length; start += chunkBytes) {
    yield await Promise.resolve(archive.subarray(start, start + chunkBytes));
  }
}

/**
 * @param {Buffer} archive
 * @param {number} [chunkBytes]
 */
async function contents(archive, chunkBytes = 100) {
  const found = [];
  for await (const content of readTarFiles(inChunks(archive, chunkBytes))) found.push(content.toString());
  return found;
}

describe('readTarFiles', () => {
  const archive = Buffer.concat([
    entry('first'),
    entry('b'.repeat(1300)),
    entry(''),
    entry('x'.repeat(512)),
    end,
  ]);
  const expected = ['first', 'b'.repeat(1300), '', 'x'.repeat(512)];

  it('gives the content of each file, however the bytes arrive', async () => {
    for (const chunkBytes of [1, 100, 512, 5000]) {
      expect(await contents(archive, chunkBytes)).toEqual(expected);
    }
  });

  it('passes over folders and extended headers', async () => {
    expect(await contents(Buffer.concat([entry('', '5'), entry('path=a', 'x'), entry('file'), end]))).toEqual(
      ['file'],
    );
  });

  it('bears an archive without the blocks at its end', async () => {
    expect(await contents(entry('only'))).toEqual(['only']);
  });

  it('refuses an archive that is cut off', async () => {
    await expect(contents(entry('b'.repeat(1300)).subarray(0, 1024))).rejects.toThrow('cut off');
  });

  it('refuses what is no archive', async () => {
    await expect(contents(Buffer.from('no tar'.repeat(200)))).rejects.toThrow('not a tar archive');
  });
});

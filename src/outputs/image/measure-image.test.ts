import { expect, test } from 'vitest';
import { measureImage } from './measure-image.ts';

const png = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0, 0, 0, 0, 7];
const jpeg = [
  ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
  ...[0xff, 0xc4, 0, 3, 0],
  ...[0xff, 0xc2, 0, 17, 8, 0, 7, 1, 0, 3],
];
const gif = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 1, 7, 0];

test.each([
  ['PNG', png, { width: 256, height: 7 }],
  ['JPEG', jpeg, { width: 256, height: 7 }],
  ['GIF', gif, { width: 256, height: 7 }],
  ['SVG', [...'<svg width="9" height="9"/>'].map((letter) => letter.charCodeAt(0)), null],
  ['a PNG that is cut', png.slice(0, 20), null],
  ['a JPEG that is cut', jpeg.slice(0, 20), null],
  ['a JPEG whose segments lead nowhere', [0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], null],
  ['a JPEG whose segments have no length', [0xff, 0xd8, ...Array<number>(40).fill(0xff).fill(0, 2)], null],
  ['nothing', [], null],
])('the header of %s says how large it is', async (_, bytes, size) => {
  expect(await measureImage(new Blob([Uint8Array.from(bytes)]))).toEqual(size);
});

import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildWheel } from '../testing/build-wheel.ts';
import { readWheel } from './read-wheel.ts';

const fileName = 'shapes-1.0-py3-none-any.whl';
const wheel = buildWheel('shapes', '1.0', 'names = ["round"]');

/** The wheel with what `change` did to a copy of its bytes. */
function damage(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = wheel.slice();
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

/** Where the first entry of the wheel's directory begins. */
function findDirectory(view: DataView): number {
  return view.getUint32(view.byteLength - 22 + 16, true);
}

function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

function refuse(bytes: Uint8Array, name = fileName): string | null {
  const read = readWheel(name, bytes);
  return read.isOk ? null : read.problem;
}

describe('a wheel', () => {
  it('tells its name, version, modules and needs', () => {
    const metadata = [
      'Requires-Dist: numpy>=1.20',
      'Requires-Dist: Typing_Extensions',
      'Requires-Dist: pytest; extra == "test"',
      'Requires-Dist: tzdata ; sys_platform == "win32"',
      '',
      'Requires-Dist: of-the-text',
    ].join('\n');
    const files = {
      'alone.py': '',
      'fast.cpython-313-wasm32-emscripten.so': '',
      'shapes/more/deep.py': '',
      'data_only/readme.txt': '',
      'shapes-1.0.data/purelib/moved/__init__.py': '',
      'shapes-1.0.data/scripts/tool.py': '',
    };
    expect(readWheel(fileName, buildWheel('shapes', '1.0', '', { metadata, files }))).toEqual({
      isOk: true,
      value: {
        name: 'shapes',
        version: '1.0',
        modules: ['alone', 'fast', 'moved', 'shapes'],
        needs: ['numpy', 'typing-extensions'],
      },
    });
  });

  it('is refused by its name before it is read', () => {
    expect(refuse(new Uint8Array(), 'shapes-1.0.tar.gz')).toMatch(/^It is no wheel but a package of sources/);
  });

  it('that is broken is refused with the reason', () => {
    const noZip = 'It cannot be read: it is no zip, or it is cut off.';
    expect(refuse(new Uint8Array())).toBe(noZip);
    expect(refuse(strToU8('<html>not found</html>'.repeat(9)))).toBe(noZip);
    expect(refuse(wheel.subarray(0, wheel.byteLength - 30))).toBe(noZip);
    expect(refuse(wheel.subarray(20))).toBe('It cannot be read: it is cut off.');
    const lost = damage((view) => {
      view.setUint32(findDirectory(view), 0);
    });
    expect(refuse(lost)).toBe('It cannot be read: its directory is damaged.');
  });

  it('whose files would do harm is refused with the reason', () => {
    const names = [
      '../evil.py',
      '/evil.py',
      'a/../../evil.py',
      'a\\evil.py',
      'C:evil.py',
      'a//b.py',
      'a\nb.py',
    ];
    expect(names.map((path) => refuse(buildWheel('shapes', '1.0', '', { files: { [path]: '' } })))).toEqual(
      names.map((path) => `It cannot be read: its path ${JSON.stringify(path)} leads out of its folder.`),
    );
    expect(refuse(buildWheel('shapes', '1.0', '', { files: { 'shapes/__INIT__.py': '' } }))).toBe(
      'It cannot be read: it has shapes/__INIT__.py twice.',
    );
    const locked = damage((view) => {
      view.setUint16(findDirectory(view) + 8, 1, true);
    });
    expect(refuse(locked)).toBe('It cannot be read: its file shapes/__init__.py is encrypted.');
    const oddlyPacked = damage((view) => {
      view.setUint16(findDirectory(view) + 10, 14, true);
    });
    expect(refuse(oddlyPacked)).toBe(
      'It cannot be read: its file shapes/__init__.py is packed in a way that is not read here.',
    );
    const bomb = damage((view) => {
      view.setUint32(findDirectory(view) + 24, 0x7fffffff, true);
    });
    expect(refuse(bomb)).toBe('It cannot be read: its file shapes/__init__.py is larger than 256 MB.');
  });

  it('that is none inside is refused with the reason', () => {
    expect(refuse(zip({ 'shapes.py': '' }))).toBe(
      'It is no wheel: it has 0 files *.dist-info/METADATA, not one.',
    );
    expect(refuse(zip({ 'a.dist-info/METADATA': '', 'b.dist-info/METADATA': '' }))).toBe(
      'It is no wheel: it has 2 files *.dist-info/METADATA, not one.',
    );
    expect(refuse(wheel, 'other-1.0-py3-none-any.whl')).toBe('Its name says other, and inside it is shapes.');
    expect(refuse(zip({ 'x.dist-info/METADATA': '' }))).toBe(
      'Its name says shapes, and inside it is nameless.',
    );
    expect(refuse(zip({ 'x.dist-info/METADATA': 'Name: shapes' }))).toBe(
      'It holds nothing that can be imported.',
    );
  });
});

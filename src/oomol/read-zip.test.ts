import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importFlow } from './import-flow.ts';
import { listFlows } from './list-flows.ts';
import { readZip } from './read-zip.ts';

function zip(texts: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array {
  const files: Zippable = Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, strToU8(text)]),
  );
  return zipSync(files, { level });
}

async function refuse(bytes: Uint8Array): Promise<string | null> {
  const read = await readZip(bytes);
  return read.isOk ? null : read.problem;
}

/** The zip with what `change` does at its directory, given where that begins. */
function damage(bytes: Uint8Array, change: (view: DataView, directory: number) => void): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  change(view, view.getUint32(copy.byteLength - 22 + 16, true));
  return copy;
}

describe('a zip with flows', () => {
  it.each([0, 6] as const)('is unpacked, without what no flow needs (level %i)', async (level) => {
    const read = await readZip(
      zip(
        {
          'top/flow.oo.yaml': 'title: Zipped',
          'top/empty.py': '',
          'top/node_modules/x/index.js': 'x',
          'top/.git/config': 'x',
          '__MACOSX/top/flow.oo.yaml': 'x',
        },
        level,
      ),
    );
    if (!read.isOk) throw new Error(read.problem);
    expect([...read.value].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['top/flow.oo.yaml', 'title: Zipped'],
      ['top/empty.py', ''],
    ]);
    expect(listFlows(read.value)).toEqual([{ path: 'top/flow.oo.yaml', title: 'Zipped', problem: null }]);
    expect(importFlow(read.value, 'top/flow.oo.yaml')).toMatchObject({
      isOk: true,
      value: { title: 'Zipped' },
    });
  });

  it('that is none, or cut off, is refused', async () => {
    const noZip = 'The zip cannot be read: it is no zip, or it is cut off.';
    expect(await refuse(strToU8('nodes: []'))).toBe(noZip);
    expect(await refuse(zip({ a: 'x' }).subarray(0, -9))).toBe(noZip);
  });

  it('whose names lead out of it or come twice is refused', async () => {
    const names = ['../a', 'a/../../b', '/etc/passwd', 'C:a', 'a\\b', 'a//b'];
    expect(await Promise.all(names.map((name) => refuse(zip({ [name]: 'x' }))))).toEqual(
      names.map(
        (name) => `The zip cannot be read: its path ${JSON.stringify(name)} leads out of its folder.`,
      ),
    );
    expect(await refuse(zip({ 'a.py': 'x', 'A.py': 'y' }))).toBe(
      'The zip cannot be read: it has A.py twice.',
    );
  });

  it('that holds too much is refused before it is unpacked', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`f${index}`, '']));
    expect(await refuse(zip(many))).toBe('The zip holds more than 5000 files.');
    const declares = (size: number) =>
      damage(zip({ a: 'x'.repeat(9) }), (view, directory) => {
        view.setUint32(directory + 24, size, true);
      });
    expect(await refuse(declares(200_000_001))).toBe('The zip holds more than 200 MB.');
    expect(await refuse(declares(0x7fffffff))).toBe(
      'The zip cannot be read: its file a is larger than 256 MB.',
    );
  });

  it('that lies about sizes, or is damaged inside, is refused', async () => {
    const problem = 'The zip cannot be read: its file a is damaged.';
    for (const level of [0, 6] as const) {
      const honest = zip({ a: 'x'.repeat(5_000) }, level);
      for (const size of [10, 4_999, 5_001, 9_000_000]) {
        const lying = damage(honest, (view, directory) => {
          view.setUint32(directory + 24, size, true);
        });
        expect(await refuse(lying)).toBe(problem);
      }
    }
    const garbled = damage(zip({ a: 'some text that is packed' }), (view) => {
      for (let at = 31; at < 45; at += 1) view.setUint8(at, 0xff);
    });
    expect(await refuse(garbled)).toBe(problem);
  });

  it('is unpacked in slices, with word of how far it is, until that is given up', async () => {
    // Random in half of its bits, so that it is half as large packed.
    const bytes = new Uint8Array(100_000).map(() => Math.random() * 16);
    const packed = zipSync({ 'a.bin': bytes, 'b.bin': bytes });
    const told: number[] = [];
    const read = await readZip(packed, {
      onProgress: (doneBytes, allBytes) => {
        told.push(doneBytes);
        expect(allBytes).toBe(200_000);
      },
    });
    expect(read.isOk && read.value.get('b.bin')).toEqual(bytes);
    expect([told[0], told.at(-1), told.length > 10]).toEqual([0, 200_000, true]);
    expect(told).toEqual([...told].sort((one, other) => one - other));

    const controller = new AbortController();
    const givenUp = readZip(packed, {
      signal: controller.signal,
      onProgress: (doneBytes) => {
        if (doneBytes > 50_000) controller.abort();
      },
    });
    await expect(givenUp).rejects.toThrow(/abort/);
  });
});

import { describe, expect, test, vi } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';

/** A second of silence with a click, as a WAV file. */
function makeSound(seconds = 1): Blob {
  const rate = 8000;
  const size = rate * seconds;
  const header = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string) => {
    [...text].forEach((sign, index) => {
      header.setUint8(at + index, sign.charCodeAt(0));
    });
  };
  write(0, 'RIFF');
  header.setUint32(4, 36 + size, true);
  write(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  write(36, 'data');
  header.setUint32(40, size, true);
  return new Blob([header.buffer, new Uint8Array(size).fill(128)]);
}

async function showSound(mediaType: string, content: Blob) {
  const store = new PreviewStore();
  const source = { mediaType, data: store.keep(content) };
  return await showPreview({ type: 'audio', source }, store);
}

test('a sound can be played and sought in', async () => {
  const { container, screen } = await showSound('audio/wav', makeSound(20));
  await expect.element(screen.getByLabelText('Audio', { exact: true })).toBeVisible();
  const audio = container.querySelector('audio');
  await expect.poll(() => audio?.duration).toBe(20);
  if (audio) audio.currentTime = 15;
  await expect.poll(() => [audio?.seeking, audio?.currentTime]).toEqual([false, 15]);
  await expect.element(screen.getByText('audio/wav · 160.0 kB')).toBeVisible();
});

test('a sound of 200 MB is played without being read into the page', async () => {
  const megabyte = new Uint8Array(1_000_000).fill(128);
  const head = makeSound(25_000).slice(0, 44);
  const long = new Blob([head, ...Array.from({ length: 200 }, () => megabyte)]);
  expect(long.size).toBe(200_000_044);
  const readers = (['arrayBuffer', 'bytes', 'stream', 'text'] as const).map((name) =>
    vi.spyOn(Blob.prototype, name),
  );
  const { container } = await showSound('audio/wav', long);
  await expect.poll(() => container.querySelector('audio')?.duration).toBe(25_000);
  expect(readers.map((read) => read.mock.calls.length)).toEqual([0, 0, 0, 0]);
  vi.restoreAllMocks();
});

test('the address of a film is given back when it is gone', async () => {
  const revoked: string[] = [];
  const { revokeObjectURL } = URL;
  URL.revokeObjectURL = (address) => {
    revoked.push(address);
    revokeObjectURL.call(URL, address);
  };
  const { container, screen } = await showSound('audio/wav', makeSound());
  await expect.poll(() => container.querySelector('audio')?.src).toMatch(/^blob:/);
  const address = container.querySelector('audio')?.src;
  await screen.unmount();
  URL.revokeObjectURL = revokeObjectURL;
  expect(revoked).toEqual([address]);
});

describe('a film that cannot be played', () => {
  test('says so, and can be downloaded', async () => {
    const store = new PreviewStore();
    const source = { mediaType: 'video/mp4', data: store.keep('no film') };
    const { screen } = await showPreview({ type: 'video', source }, store);
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('This browser cannot play video/mp4, or the bytes are damaged.');
    await expect.element(screen.getByRole('button', { name: 'Download video' })).toBeVisible();
  });

  test('as its host is not allowed says so', async () => {
    const { screen } = await showPreview({ type: 'video', source: { url: 'https://a.example/v.mp4' } });
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('The workspace does not allow a.example.');
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});

import { afterEach, expect, it, vi } from 'vitest';
import { watchOpened, type FileTaker } from './watch-opened.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

class FakeHandle {
  readonly #file: File;

  constructor(file: File) {
    this.#file = file;
  }

  getFile(): Promise<File> {
    return Promise.resolve(this.#file);
  }
}

function setup(href: string) {
  const replaced: string[] = [];
  const taken: unknown[] = [];
  let consume: (launch: unknown) => void = () => undefined;
  vi.stubGlobal('location', { href, search: new URL(href).search });
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_: unknown, __: string, url: string) => replaced.push(url),
  });
  vi.stubGlobal('window', {
    launchQueue: {
      setConsumer: (given: typeof consume) => {
        consume = given;
      },
    },
  });
  vi.stubGlobal('FileSystemFileHandle', FakeHandle);
  let settleAddress = (): void => undefined;
  const taker: FileTaker = {
    openFile: (file) => taken.push(file.name),
    openAddress: (text, onSettled) => {
      taken.push(text);
      settleAddress = onSettled;
    },
  };
  watchOpened(taker);
  return {
    replaced,
    taken,
    settleAddress: () => settleAddress(),
    launch: (launch: unknown) => consume(launch),
  };
}

it('hands over the address in a link, which goes from that of the page once it is settled', () => {
  const { taken, replaced, settleAddress } = setup('https://cahier.example/?open=a.cahier&embed');
  expect([taken, replaced]).toEqual([['a.cahier'], []]);
  settleAddress();
  expect(replaced).toEqual(['https://cahier.example/?embed']);
});

it('leaves a page alone that was opened without one', () => {
  expect(setup('https://cahier.example/').taken).toEqual([]);
});

it('hands over a file that is opened with the installed app, and passes over what is none', async () => {
  const { taken, launch } = setup('https://cahier.example/');
  for (const odd of [null, {}, { files: [] }, { files: 'a' }, { files: [{}] }]) launch(odd);
  launch({ files: [new FakeHandle(new File([], 'lesson.cahier'))] });
  await vi.waitFor(() => {
    expect(taken).toEqual(['lesson.cahier']);
  });
});

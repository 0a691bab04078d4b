import { expect, test } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { PreviewBuffer } from './PreviewBuffer.svelte.ts';
import { ValueStore } from './ValueStore.ts';

class Setup {
  readonly values = new ValueStore(new TableEngine(() => new FakeTableWorker()));
  readonly previews = new PreviewBuffer();

  show(text: string, id: string | null): void {
    const report = {
      id,
      time: 0,
      content: { type: 'text', language: null, text: new TextEncoder().encode(text) },
    } as const;
    this.previews.add(id, this.values.addPreview(report), this.values, (reason) => {
      throw new Error(reason);
    });
  }

  async listValues(): Promise<string[]> {
    await this.previews.settle();
    return await Promise.all(this.values.blobs.map(({ content }) => content.text()));
  }
}

test('the value of a preview goes when another takes its place', async () => {
  const setup = new Setup();
  for (const text of ['one', 'two', 'three']) setup.show(text, 'plot');
  setup.show('other', null);
  expect((await setup.listValues()).sort()).toEqual(['other', 'three']);
});

test('a value stays as long as a preview or an output has it', async () => {
  const setup = new Setup();
  setup.show('same', 'plot');
  setup.show('same', null);
  setup.show('output', 'plot');
  await setup.values.addText('output');
  setup.show('last', 'plot');
  expect((await setup.listValues()).sort()).toEqual(['last', 'output', 'same']);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KernelWorkers } from './KernelWorkers.ts';

const scriptUrl = 'https://host.org/cahier/assets/entry-1.js';

class MadeWorker extends EventTarget {
  static readonly made: MadeWorker[] = [];
  readonly address: string;

  constructor(address: string) {
    super();
    this.address = address;
    MadeWorker.made.push(this);
  }
}

describe('kernel workers', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', MadeWorker);
  });
  afterEach(() => {
    MadeWorker.made.length = 0;
    vi.unstubAllGlobals();
  });

  it('are made of a blob that imports the script', async () => {
    new KernelWorkers(scriptUrl).make();
    const blob = await fetch(MadeWorker.made[0]?.address ?? '');
    expect(await blob.text()).toBe(`import "${scriptUrl}";`);
  });

  it('are handed out once, be they prepared or not', () => {
    const workers = new KernelWorkers(scriptUrl);
    workers.prepare();
    const taken = [workers.make(), workers.make(), workers.make()];
    expect(taken).toEqual(MadeWorker.made);
    expect(new Set(taken).size).toBe(3);
  });

  it('are not handed out when they failed before, which nobody would hear', () => {
    const workers = new KernelWorkers(scriptUrl);
    workers.prepare();
    const failure = new Event('error', { cancelable: true });
    const [prepared] = MadeWorker.made;
    prepared?.dispatchEvent(failure);
    expect(workers.make()).not.toBe(prepared);
    expect(failure.defaultPrevented).toBe(true);
  });

  it('leave the telling of later failures to whoever took them', () => {
    const workers = new KernelWorkers(scriptUrl);
    workers.prepare();
    const taken = workers.make();
    const failure = new Event('error', { cancelable: true });
    taken.dispatchEvent(failure);
    expect(failure.defaultPrevented).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KernelWorkers } from './KernelWorkers.ts';

const pyodideUrl = 'https://host.org/cahier/pyodide/';
const scriptUrl = 'https://host.org/cahier/assets/entry-1.js';

class MadeWorker extends EventTarget {
  static readonly made: MadeWorker[] = [];
  readonly address: string;
  isConnected = false;
  isTerminated = false;

  constructor(address: string) {
    super();
    this.address = address;
    MadeWorker.made.push(this);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  postMessage(): void {
    this.isConnected = true;
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
    new KernelWorkers(scriptUrl, pyodideUrl).make();
    const blob = await fetch(MadeWorker.made[0]?.address ?? '');
    expect(await blob.text()).toBe(`import "${scriptUrl}";`);
  });

  it('are handed out once, be they prepared or not', () => {
    const workers = new KernelWorkers(scriptUrl, pyodideUrl);
    workers.prepare();
    workers.prepare();
    const taken = [workers.make(), workers.make(), workers.make()];
    expect(new Set(taken).size).toBe(3);
    expect(MadeWorker.made.map(({ isConnected }) => isConnected)).toEqual([true, true, true]);
  });

  it('are not handed out when they failed before, which nobody would hear', () => {
    const workers = new KernelWorkers(scriptUrl, pyodideUrl);
    workers.prepare();
    const failure = new Event('error', { cancelable: true });
    MadeWorker.made[0]?.dispatchEvent(failure);
    workers.make();
    expect(MadeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(failure.defaultPrevented).toBe(true);
  });

  it('leave the telling of later failures to whoever took them', () => {
    const workers = new KernelWorkers(scriptUrl, pyodideUrl);
    workers.prepare();
    workers.make();
    const failure = new Event('error', { cancelable: true });
    MadeWorker.made[0]?.dispatchEvent(failure);
    expect([MadeWorker.made.length, failure.defaultPrevented]).toEqual([1, false]);
  });

  it('are all ended at the end of the page, and none is made after it', () => {
    const workers = new KernelWorkers(scriptUrl, pyodideUrl);
    workers.make().terminate();
    workers.make();
    workers.prepare();
    workers.endAll();
    workers.make();
    workers.make();
    expect(MadeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true, true, true, true]);
  });
});

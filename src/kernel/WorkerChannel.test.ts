import { afterEach, describe, expect, it } from 'vitest';
import type { ToWorker } from '../protocol/messages.ts';
import { openWorkerChannel, type WorkerChannel } from './WorkerChannel.ts';

/** Stands in for the worker, with the port that it was sent. */
class ConnectedWorker extends EventTarget {
  connection: unknown = null;
  port: MessagePort | null = null;
  isTerminated = false;

  postMessage(message: unknown, [port]: MessagePort[]): void {
    this.connection = message;
    this.port = port ?? null;
  }

  terminate(): void {
    this.isTerminated = true;
  }

  fail(message: string): Event {
    const failure = Object.assign(new Event('error', { cancelable: true }), { message });
    this.dispatchEvent(failure);
    return failure;
  }
}

interface Setup {
  readonly worker: ConnectedWorker;
  readonly channel: WorkerChannel;
  readonly heard: unknown[];
}

let opened: Setup | null = null;

function open(): Setup {
  const worker = new ConnectedWorker();
  const channel = openWorkerChannel(worker as unknown as Worker, 'https://host.org/pyodide/');
  const heard: unknown[] = [];
  channel.listen({
    onMessage: (data) => heard.push(data),
    onFailure: (message) => heard.push(`failed: ${message}`),
  });
  opened = { worker, channel, heard };
  return opened;
}

function passMessages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the channel to a worker', () => {
  afterEach(() => {
    opened?.channel.terminate();
    opened?.worker.port?.close();
  });

  it('carries messages both ways, and not by the worker itself', async () => {
    const { worker, channel, heard } = open();
    const received: unknown[] = [];
    worker.port?.addEventListener('message', ({ data }) => received.push(data));
    worker.port?.start();
    const command: ToWorker = { type: 'use-core', module: null };
    channel.send(command);
    worker.port?.postMessage('news');
    worker.dispatchEvent(new MessageEvent('message', { data: 'forged' }));
    await passMessages();
    expect([worker.connection, received, heard]).toEqual([
      { pyodideUrl: 'https://host.org/pyodide/' },
      [command],
      ['news'],
    ]);
  });

  it('says that there is no compiled core where the port lets none through', async () => {
    const { worker, channel } = open();
    const received: unknown[] = [];
    worker.port?.addEventListener('message', ({ data }) => received.push(data));
    worker.port?.start();
    // A function stands for what such browsers do not pass on: it is refused in the same way.
    const module = (() => undefined) as unknown as WebAssembly.Module;
    channel.send({ type: 'use-core', module });
    await passMessages();
    expect(received).toEqual([{ type: 'use-core', module: null }]);
    const other = { type: 'start', plan: module } as unknown as ToWorker;
    expect(() => {
      channel.send(other);
    }).toThrow('could not be cloned');
  });

  it('tells why the worker failed, and the browser need not', () => {
    const { worker, heard } = open();
    const failures = [worker.fail('out of bounds'), worker.fail('')];
    expect(heard).toEqual(['failed: out of bounds', 'failed: the worker could not be loaded']);
    expect(failures.map((failure) => failure.defaultPrevented)).toEqual([true, true]);
  });

  it('is silent after its end', async () => {
    const { worker, channel, heard } = open();
    worker.port?.postMessage('news');
    channel.terminate();
    worker.fail('out of bounds');
    await passMessages();
    expect([worker.isTerminated, heard]).toEqual([true, []]);
  });
});

import type { Connection, ToWorker } from '../protocol/messages.ts';
import { listBuffers } from '../shared/list-buffers.ts';

/** What is heard from a worker until its end. */
export interface ChannelListener {
  /** What it sent, as it came. */
  readonly onMessage: (data: unknown) => void;
  /** It was not loaded, or broke. */
  readonly onFailure: (message: string) => void;
}

/** The way to a kernel worker and back. */
export interface WorkerChannel {
  /** To be called once, before anything is sent. */
  listen(listener: ChannelListener): void;
  send(message: ToWorker): void;
  /** Ends the worker, of which nothing is heard after it. */
  terminate(): void;
}

/** What is used of a Worker. */
export type ChannelWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

/**
 * Speaks to a worker through a port that only its own code has: scripts can neither send through it nor hear what
 * comes by it, as they could with what the worker itself sends and receives.
 */
export function openWorkerChannel(worker: ChannelWorker, pyodideUrl: string): WorkerChannel {
  const { port1: port, port2: otherEnd } = new MessageChannel();
  let isTerminated = false;
  const connection: Connection = { pyodideUrl };
  worker.postMessage(connection, [otherEnd]);
  return {
    listen({ onMessage, onFailure }) {
      port.addEventListener('message', (event) => {
        if (!isTerminated) onMessage(event.data);
      });
      port.addEventListener('messageerror', () => {
        if (!isTerminated) onMessage(undefined);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (!isTerminated) onFailure(event.message || 'the worker could not be loaded');
      });
      port.start();
    },
    send(message) {
      try {
        // The datasets of a job are moved: they were read for it.
        port.postMessage(message, message.type === 'run-job' ? listBuffers(message) : []);
      } catch (error) {
        // Some browsers let no compiled code go through a port: the worker compiles for itself then.
        if (message.type !== 'use-core') throw error;
        const instead: ToWorker = { type: 'use-core', module: null };
        port.postMessage(instead);
      }
    },
    terminate() {
      isTerminated = true;
      port.close();
      worker.terminate();
    },
  };
}

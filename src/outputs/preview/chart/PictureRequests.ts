import { createDeferred, type Deferred } from '../../../shared/deferred.ts';
import type { ChartCommand, PictureFormat } from './chart-command.ts';
import type { ChartMessage } from './parse-chart-message.ts';

/** Pictures that the frame of a chart was asked for. */
export class PictureRequests {
  readonly #waiting = new Map<number, Deferred<Blob>>();
  #nextRequest = 1;

  /** Asks for a picture through `send`. Rejects with a sentence for the reader. */
  ask(format: PictureFormat, scale: number, send: (command: ChartCommand) => void): Promise<Blob> {
    const request = this.#nextRequest++;
    const deferred = createDeferred<Blob>();
    this.#waiting.set(request, deferred);
    send({ type: 'save', request, format, scale });
    return deferred.promise;
  }

  /** The media type of a picture is what was asked for, whatever the frame says. */
  settle(message: Extract<ChartMessage, { type: 'saved' | 'not-saved' }>): void {
    const deferred = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.type === 'saved') deferred?.resolve(message.picture);
    else deferred?.reject(new Error(message.problem));
  }

  /** Rejects what is still waited for. */
  end(): void {
    for (const deferred of this.#waiting.values()) deferred.reject(new Error('The chart was ended.'));
    this.#waiting.clear();
  }
}

import { parseToTableWorker } from '../parse-table-messages.ts';
import type { FromTableWorker } from '../table-messages.ts';
import type { TableWorker } from '../TableConnection.ts';
import { transferOf } from '../transfer.ts';
import { TableStore } from '../worker/TableStore.ts';

/** Stands in for the worker: the same engine, on this thread, behind messages that are cloned and transferred alike. */
export class FakeTableWorker extends EventTarget implements TableWorker {
  isTerminated = false;
  /** Holds answers back. */
  isSilent = false;
  readonly commands: string[] = [];
  /** As they are left once their buffers have been transferred. */
  readonly answers: FromTableWorker[] = [];
  readonly #store = new TableStore();

  postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
    const options = Array.isArray(transfer) ? { transfer } : transfer;
    const received: unknown = structuredClone(message, options);
    const parsed = parseToTableWorker(received);
    if (!parsed.isOk) throw new Error(parsed.problem);
    this.commands.push(parsed.value.type);
    if (this.isSilent) return;
    const progress = (message: FromTableWorker) => {
      if (!this.isTerminated) this.say(structuredClone(message));
    };
    if (parsed.value.type === 'cancel') {
      this.#store.cancel(parsed.value.requestId);
      return;
    }
    void this.#store.handle(parsed.value, progress).then((answer) => {
      if (this.isTerminated) return;
      this.answers.push(answer);
      this.say(structuredClone(answer, { transfer: transferOf(answer) }));
    });
  }

  say(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

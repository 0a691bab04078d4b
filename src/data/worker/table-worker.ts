import { parseToTableWorker, requestIdOf } from '../parse-table-messages.ts';
import type { FromTableWorker } from '../table-messages.ts';
import { transferOf } from '../transfer.ts';
import { TableStore } from './TableStore.ts';

/** The entry of the table worker: messages in, answers out. */
const store = new TableStore();

function answer(message: FromTableWorker): void {
  self.postMessage(message, transferOf(message));
}

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parseToTableWorker(data);
  if (parsed.isOk) {
    const command = parsed.value;
    if (command.type === 'cancel') store.cancel(command.requestId);
    else void store.handle(command, answer).then(answer);
    return;
  }
  const requestId = requestIdOf(data);
  const message = `The table engine was sent what cannot be read: ${parsed.problem}.`;
  if (requestId === null) throw new Error(message);
  answer({ type: 'request-failed', requestId, message });
});

import { carryOutSalvage } from './carry-out-salvage.ts';
import { parseToSalvageWorker } from './parse-salvage-messages.ts';

const controller = new AbortController();

/** The entry of a salvage worker: one command in, which may be cancelled, and what comes of it out. */
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parseToSalvageWorker(data);
  if (!parsed.isOk) throw new Error(`it was sent what cannot be read: ${parsed.problem}`);
  if (parsed.value.type === 'cancel') {
    controller.abort();
    return;
  }
  void carryOutSalvage(parsed.value, controller.signal, (message) => {
    self.postMessage(message);
  });
});

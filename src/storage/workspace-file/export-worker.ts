import { carryOutExport } from './carry-out-export.ts';
import { parseToExportWorker } from './parse-export-messages.ts';

const controller = new AbortController();

/** The entry of an export worker: one command in, which may be cancelled, and what comes of it out. */
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parseToExportWorker(data);
  if (!parsed.isOk) throw new Error(`it was sent what cannot be read: ${parsed.problem}`);
  if (parsed.value.type === 'cancel') {
    controller.abort();
    return;
  }
  void carryOutExport(parsed.value, controller.signal, (message) => {
    self.postMessage(message);
  });
});

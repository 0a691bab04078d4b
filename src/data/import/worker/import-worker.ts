import { parseToImportWorker } from '../parse-import-messages.ts';
import { carryOut } from './carry-out.ts';
import { startPieceWorkers } from './csv/PieceReaders.ts';

/** The entry of an import worker: one command in, and what comes of it out. */
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parseToImportWorker(data);
  if (!parsed.isOk) throw new Error(`it was sent what cannot be read: ${parsed.problem}`);
  void carryOut(parsed.value, startPieceWorkers, (message) => {
    self.postMessage(message);
  });
});

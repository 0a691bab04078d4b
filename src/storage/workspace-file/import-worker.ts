import { ImportWork } from './ImportWork.ts';
import { parseToImportWorker } from './parse-import-messages.ts';

/** What of the class is used; it is known in workers alone. */
declare const FileReaderSync: new () => { readonly readAsArrayBuffer: (content: Blob) => ArrayBuffer };

const work = new ImportWork(
  (content) => new FileReaderSync().readAsArrayBuffer(content),
  (message) => {
    self.postMessage(message);
  },
);

/** The entry of an import worker. */
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parseToImportWorker(data);
  if (!parsed.isOk) throw new Error(`it was sent what cannot be read: ${parsed.problem}`);
  work.take(parsed.value);
});

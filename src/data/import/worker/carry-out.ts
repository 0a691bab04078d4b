import { hashBytes } from '../../../shared/hash-bytes.ts';
import { toMessage } from '../../../shared/to-message.ts';
import { BlobHash } from '../../../model/ids.ts';
import type { ImportReport } from '../../../model/import-preview.ts';
import type { FromImportWorker, ToImportWorker } from '../import-messages.ts';
import type { PieceReaders } from './csv/PieceReaders.ts';
import { loadFile, previewFile } from './load-file.ts';

/** News of how far a file is read come no oftener, in milliseconds. */
const progressRhythm = 100;

/** Carries out the command of an import worker and tells what comes of it. Never rejects. */
export async function carryOut(
  command: ToImportWorker,
  startReaders: () => PieceReaders,
  tell: (message: FromImportWorker) => void,
): Promise<void> {
  try {
    if (command.type === 'preview-file') {
      tell({ type: 'file-previewed', preview: await previewFile(command.file, command.options) });
      return;
    }
    let told = -progressRhythm;
    const loaded = await loadFile(command.file, command.options, {
      startReaders,
      onProgress: (readBytes, isSecond) => {
        if (performance.now() - told < progressRhythm) return;
        told = performance.now();
        tell({ type: 'load-progressed', readBytes, isSecond });
      },
    });
    const { table, fileHash, shortRowCount, notes } = loaded;
    const rejected = loaded.rejected && (await hashReport(loaded.rejected, loaded.rejectedCount));
    const emptied = loaded.emptied && (await hashReport(loaded.emptied, loaded.emptiedCount));
    tell({ type: 'file-loaded', ...table, fileHash, rejected, emptied, shortRowCount, notes });
  } catch (error) {
    tell({ type: 'import-failed', message: toMessage(error) });
  }
}

async function hashReport(report: Blob, count: number): Promise<ImportReport> {
  return { count, report, reportHash: BlobHash.from(await hashBytes(await report.arrayBuffer())) };
}

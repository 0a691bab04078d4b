import { toMessage } from '../../../../shared/to-message.ts';
import { buffersOf } from '../../../transfer.ts';
import { parsePieceTask } from './parse-piece-messages.ts';
import { readPiece } from './read-piece.ts';

/** The entry of a worker that reads pieces of CSV: a piece in, columns out. */
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const parsed = parsePieceTask(data);
  if (!parsed.isOk) throw new Error(parsed.problem);
  try {
    const piece = readPiece(parsed.value);
    self.postMessage(piece, buffersOf(piece.batches.flatMap(({ columns }) => columns)));
  } catch (error) {
    self.postMessage({ problem: toMessage(error) });
  }
});

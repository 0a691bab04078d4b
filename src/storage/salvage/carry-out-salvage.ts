import { toMessage } from '../../shared/to-message.ts';
import { ExportTarget } from '../workspace-file/ExportTarget.ts';
import { BackupFolder } from './BackupFolder.ts';
import { RawDatabase } from './RawDatabase.ts';
import type { FromSalvageWorker, ToSalvageWorker } from './salvage-messages.ts';
import { writeSalvage, type SalvageOptions } from './write-salvage.ts';

type Command = Exclude<ToSalvageWorker, { type: 'cancel' }>;
type Salvaged = Extract<FromSalvageWorker, { type: 'salvaged' }>;

/** So many bytes are told of at a time. */
const toldBytes = 1_000_000;

/** Does what a salvage worker is told. Never rejects. */
export async function carryOutSalvage(
  command: Command,
  signal: AbortSignal,
  tell: (message: FromSalvageWorker) => void,
): Promise<void> {
  try {
    const database = await RawDatabase.open(command.databaseName);
    if (!database) throw new Error('Nothing is stored here.');
    let nextTold = 0;
    const options: Omit<SalvageOptions, 'kind'> = {
      appVersion: command.appVersion,
      now: Date.now(),
      signal,
      onProgress: (doneBytes) => {
        if (doneBytes < nextTold) return;
        nextTold = doneBytes + toldBytes;
        tell({ type: 'salvage-progressed', doneBytes });
      },
    };
    try {
      tell(
        command.type === 'write-backup'
          ? await writeBackup(database, options)
          : await writeRescue(database, command.target, options),
      );
    } finally {
      database.close();
    }
  } catch (error) {
    tell({ type: 'salvage-failed', message: describe(error) });
  }
}

async function writeBackup(database: RawDatabase, options: Omit<SalvageOptions, 'kind'>): Promise<Salvaged> {
  const folder = await BackupFolder.open(database.name);
  const { name, file } = await folder.create(options.now, database.version);
  try {
    const written = await writeSalvage(
      database,
      (bytes) => {
        file.write(bytes);
        return Promise.resolve();
      },
      { kind: 'backup', ...options },
    );
    file.close();
    await folder.trim(name);
    return { type: 'salvaged', file: null, byteSize: file.byteSize, ...written };
  } catch (error) {
    file.close();
    await folder.remove(name);
    throw error;
  }
}

async function writeRescue(
  database: RawDatabase,
  handle: FileSystemFileHandle | null,
  options: Omit<SalvageOptions, 'kind'>,
): Promise<Salvaged> {
  const target = await ExportTarget.open(handle);
  try {
    const written = await writeSalvage(database, (bytes) => target.write(bytes), {
      kind: 'rescue',
      ...options,
    });
    const file = await target.finish();
    return { type: 'salvaged', file, byteSize: target.byteSize, ...written };
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

function describe(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull ? 'There is not enough room for the file.' : toMessage(error);
}

import { SessionId } from './ids.ts';
import type { SessionDirectory } from './session-files.ts';

/** JSON that a job is handed for an input. */
export interface HandedJson {
  readonly handle: string;
  readonly text: string;
}

/** A directory of another session that a value names. */
export interface NamedDirectory {
  readonly sessionId: SessionId;
  readonly directory: SessionDirectory;
  /** The first input whose value names it. */
  readonly handle: string;
}

/** What all of these paths have in them. A text without it is looked through in a millisecond. */
const marker = '/session/';

const idLength = 36;

/** A path that goes on in front of it leads elsewhere; an "n" may be the end of "\n". */
const directoryPath =
  /(?<!(?<!\\)[\w./-])(?:\/tmp)?\/session\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w.-])/y;

/** The directories of other sessions whose paths stand in what a job of a session is handed, each once. */
export function listNamedDirectories(values: readonly HandedJson[], own: SessionId): NamedDirectory[] {
  const found = new Map<string, NamedDirectory | null>();
  for (const { handle, text } of values) {
    for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length - 1)) {
      const isTemporary = text.startsWith('/tmp', at - 4);
      const start = isTemporary ? at - 4 : at;
      const path = text.slice(start, at + marker.length + idLength);
      // A list of a hundred thousand files of one session names that many times the same.
      if (found.has(path)) continue;
      directoryPath.lastIndex = start;
      if (!directoryPath.test(text)) continue;
      const sessionId = SessionId.from(path.slice(-idLength));
      const directory = isTemporary ? 'temporary' : 'session';
      found.set(path, sessionId === own ? null : { sessionId, directory, handle });
    }
  }
  return [...found.values()].filter((named) => named !== null);
}

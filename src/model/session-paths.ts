import { SessionId } from './ids.ts';
import { sessionPaths, type SessionDirectory } from './session-files.ts';

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

/** A path that goes on in front of it leads elsewhere; an "n" may be the end of "\n". */
const directoryPath =
  /(?<!(?<!\\)[\w./-])(\/tmp)?\/session\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w.-])/g;

/** The directories of other sessions whose paths stand in what a job of a session is handed, each once. */
export function listNamedDirectories(values: readonly HandedJson[], own: SessionId): NamedDirectory[] {
  const found = new Map<string, NamedDirectory>();
  for (const { handle, text } of values) {
    for (const [, temporary, id = ''] of text.matchAll(directoryPath)) {
      const directory = temporary === undefined ? 'session' : 'temporary';
      const sessionId = SessionId.from(id);
      const path = `${sessionPaths[directory]}/${id}`;
      if (sessionId !== own && !found.has(path)) found.set(path, { sessionId, directory, handle });
    }
  }
  return [...found.values()];
}

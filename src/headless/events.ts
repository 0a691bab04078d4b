import type { JobErrorKind, LogStream } from '../model/job.ts';

/** Which cell something is about; cells are counted from 1, as they stand in their notebook. */
export interface CellPlace {
  readonly notebook: string;
  readonly cell: string;
  readonly number: number;
}

export type CellStatus = 'done' | 'failed' | 'stopped' | 'not-run';

export type RunStatus = 'done' | 'failed' | 'stopped';

/** A value that a cell put out. */
export type OutputContent =
  | {
      readonly kind: 'dataset';
      readonly rowCount: number;
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      /** The first rows as texts, as the page shows them. */
      readonly firstRows: readonly (readonly string[])[];
    }
  /** The value, where JSON can hold it exactly and it is short. */
  | { readonly kind: 'json'; readonly byteSize: number; readonly value: unknown }
  /** A text that is long is cut; one with NaN or with long whole numbers is no JSON for others. */
  | { readonly kind: 'json'; readonly byteSize: number; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'binary'; readonly byteSize: number; readonly sha256: string }
  | { readonly kind: 'variable'; readonly typeName: string; readonly summary: string }
  | { readonly kind: 'secret' };

/** What is told of a run, as it happens; `docs/execute.md` describes each. Times are in milliseconds. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly file: string;
      readonly appVersion: string;
      readonly notebooks: readonly string[];
    }
  /** What is not about a cell. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'notebook-started'; readonly notebook: string; readonly cells: number }
  | ({ readonly type: 'job-started'; readonly kind: string } & CellPlace)
  | ({ readonly type: 'log'; readonly stream: LogStream; readonly text: string } & CellPlace)
  | ({ readonly type: 'warning'; readonly text: string } & CellPlace)
  | ({ readonly type: 'input-asked'; readonly prompt: string } & CellPlace)
  | ({ readonly type: 'progress'; readonly percent: number } & CellPlace)
  | ({ readonly type: 'preview'; readonly kind: string; readonly detail: string } & CellPlace)
  | ({ readonly type: 'output'; readonly handle: string } & OutputContent & CellPlace)
  | ({
      readonly type: 'image';
      readonly name: string;
      readonly mediaType: string;
      readonly byteSize: number;
      readonly sha256: string;
    } & CellPlace)
  | ({ readonly type: 'model'; readonly name: string; readonly version: number } & CellPlace)
  /** Why a cell failed, or what its script reports as an error; lines count from 1. */
  | ({
      readonly type: 'error';
      /** specification: that of a chart, which is checked and not run. */
      readonly kind: JobErrorKind | 'reported' | 'specification';
      readonly errorType: string | null;
      readonly message: string;
      readonly line: number | null;
      readonly column: number | null;
      readonly traceback: string;
    } & CellPlace)
  | ({
      readonly type: 'job-finished';
      readonly status: CellStatus;
      /** Why it was not run; null where it was. */
      readonly reason: string | null;
      readonly milliseconds: number;
      readonly warnings: number;
      readonly errors: number;
    } & CellPlace)
  | {
      readonly type: 'notebook-finished';
      readonly notebook: string;
      readonly status: RunStatus;
      /** Why it is not done, as a sentence; null where it is. */
      readonly reason: string | null;
      readonly milliseconds: number;
    }
  | {
      readonly type: 'finished';
      readonly status: RunStatus | 'timed-out';
      readonly exitCode: number;
      readonly cells: Readonly<Record<CellStatus, number>>;
      readonly milliseconds: number;
    };

export type Tell = (event: RunEvent) => void;

/** The codes that the command ends with. */
export const exitCodes = { done: 0, failed: 1, refused: 2, timedOut: 3, interrupted: 130 } as const;

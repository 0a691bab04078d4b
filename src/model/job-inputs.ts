import type { CellId, JobId } from './ids.ts';

/** What a job took for an input, known by its hash. */
export interface JobInput {
  readonly handle: string;
  /** Equal where the values were. */
  readonly hash: string;
  readonly from:
    | {
        readonly type: 'connection';
        readonly cellId: CellId;
        readonly handle: string;
        /** The job that put it out; null where the cell is a Dataset. */
        readonly jobId: JobId | null;
      }
    | { readonly type: 'value' | 'default' };
}

/** A scriptlet that a job ran through `run_block`; the hash is equal where its script, its handles and its values were. */
export interface RanBlock {
  readonly cellId: CellId;
  readonly hash: string;
}

import type { ByteProgress } from './run-state.ts';

/** What Python is up to. */
export type KernelState =
  | { readonly status: 'starting'; readonly progress: ByteProgress | null }
  | { readonly status: 'ready'; readonly pythonVersion: string }
  | { readonly status: 'busy'; readonly pythonVersion: string }
  /** Python could not be started; restarting it tries again. */
  | { readonly status: 'broken'; readonly message: string };

import type { CyclesId } from './ids.ts';

/** How often a Statement runs at one press on Run. */
export type Cycles =
  | { readonly type: 'once' }
  | { readonly type: 'times'; readonly count: number }
  /** Until a run returns no rows. */
  | { readonly type: 'until-empty' }
  /** Again so many whole seconds after each run, while the notebook is open. */
  | { readonly type: 'interval'; readonly seconds: number };

export const cycleLimits = {
  count: { minimum: 1, maximum: 100_000, standard: 10 },
  seconds: { minimum: 1, maximum: 86_400, standard: 60 },
} as const;

/** Which cycle of a run in cycles something belongs to. */
export interface CyclePlace {
  /** The same for all cycles of one press on Run. */
  readonly cyclesId: CyclesId;
  /** From 1. */
  readonly cycle: number;
}

/** How a cycle ended. */
export interface CycleEnd {
  /** From 1. */
  readonly cycle: number;
  readonly isDone: boolean;
  /** How many rows it returned. */
  readonly rowCount: number;
}

/** Milliseconds until the next cycle; null where there is none. */
export function planNextCycle(cycles: Cycles, { cycle, isDone, rowCount }: CycleEnd): number | null {
  if (!isDone) return null;
  switch (cycles.type) {
    case 'once':
      return null;
    case 'times':
      return cycle < cycles.count ? 0 : null;
    case 'until-empty':
      return rowCount > 0 ? 0 : null;
    case 'interval':
      return cycles.seconds * 1_000;
  }
}

import type { BinChoice } from '../../../model/chart/chart-data.ts';

/** Bins of one width, from `start` to `stop`. */
export interface Bins {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/**
 * The bins that Vega chooses for values between two, as its `bin` does.
 * https://github.com/vega/vega/blob/main/packages/vega-statistics/src/bin.js
 */
export function findBins(
  [least, greatest]: readonly [number, number],
  { maxbins = 20, base = 10, step: given, minstep = 0, nice = true }: BinChoice,
): Bins {
  const step = given ?? chooseStep(greatest - least || Math.abs(least) || 1, maxbins, base, minstep);
  if (!nice) return close(least, greatest, step);
  const logarithm = Math.log(step);
  const precision = logarithm >= 0 ? 0 : Math.trunc(-logarithm / Math.log(base)) + 1;
  const below = Math.floor(least / step + base ** (-precision - 1)) * step;
  return close(least < below ? below - step : below, Math.ceil(greatest / step) * step, step);
}

/** The lower end of the bin of a value between the two that the bins were found for. */
export function findBin({ start, stop, step }: Bins, value: number): number {
  const end = start + Math.ceil((stop - start) / step) * step;
  const within = Math.max(start, Math.min(value, end - step));
  return start + step * Math.floor(1e-14 + (within - start) / step);
}

function chooseStep(span: number, maxbins: number, base: number, minstep: number): number {
  const logarithm = Math.log(base);
  const level = Math.ceil(Math.log(maxbins) / logarithm);
  let step = Math.max(minstep, base ** (Math.round(Math.log(span) / logarithm) - level));
  while (Math.ceil(span / step) > maxbins) step *= base;
  for (const divisor of [5, 2]) {
    const smaller = step / divisor;
    if (smaller >= minstep && span / smaller <= maxbins) step = smaller;
  }
  return step;
}

function close(start: number, stop: number, step: number): Bins {
  return { start, stop: stop === start ? start + step : stop, step };
}

import type { GetOffset } from '../local-time.ts';

/** A change of clocks: by how many minutes local time is ahead of UTC from a moment on. */
interface ClockChange {
  readonly from: number;
  readonly minutes: number;
}

/** A place for tests whose clocks are `minutes` ahead of UTC until they are changed. */
export function createPlace(minutes: number, changes: readonly ClockChange[] = []): GetOffset {
  return (time) => (changes.findLast(({ from }) => from <= time)?.minutes ?? minutes) * 60_000;
}

/** Clocks as they are, and were, in a place of the world. */
export function createRealPlace(timeZone: string): GetOffset {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (time) => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
}

/** Numbers from 0 to 1 that are the same in every run of a test. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

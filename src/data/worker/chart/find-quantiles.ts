import type { Pauses } from '../query/run.ts';

/** So few are sorted at once. */
const mostSorted = 65_536;

/** The value below which such a share of the others lies, between two of them where none is there, as Vega has it; NaN of none. */
export async function findQuantile(
  values: Float64Array<ArrayBuffer>,
  share: number,
  pauses: Pauses,
): Promise<number> {
  const place = (values.length - 1) * share;
  const [low = NaN, high = NaN] = await findRanked(values, [Math.floor(place), Math.ceil(place)], pauses);
  return low === high ? low : low + (high - low) * (place % 1);
}

/** The values that would stand at such places, were they sorted; NaN where there is none. Their order may change. */
export async function findRanked(
  values: Float64Array<ArrayBuffer>,
  ranks: readonly number[],
  pauses: Pauses,
): Promise<number[]> {
  await pauses.take();
  if (values.length <= mostSorted) {
    values.sort();
    return ranks.map((rank) => values[rank] ?? NaN);
  }
  const known = new Map<number, number>();
  for (const rank of ranks) {
    if (!known.has(rank)) known.set(rank, await select(values, rank, pauses));
  }
  return ranks.map((rank) => known.get(rank) ?? NaN);
}

/** The value that would stand at a rank, were they sorted: by 16 of its bits after the other, as sorting all takes long. */
async function select(given: Float64Array<ArrayBuffer>, givenRank: number, pauses: Pauses): Promise<number> {
  let [values, rank] = [given, givenRank];
  for (let level = 0; level < 4 && values.length > mostSorted; level++) {
    const candidates = values;
    const digitOf = createDigits(candidates, level);
    const counts = new Float64Array(65_536);
    await pauses.inStretches(candidates.length, (start, end) => {
      for (let index = start; index < end; index++) {
        const digit = digitOf(index);
        counts[digit] = (counts[digit] ?? 0) + 1;
      }
    });
    let chosen = 0;
    while (rank >= (counts[chosen] ?? Infinity)) rank -= counts[chosen++] ?? 0;
    const left = new Float64Array(counts[chosen] ?? 0);
    let count = 0;
    await pauses.inStretches(candidates.length, (start, end) => {
      for (let index = start; index < end; index++) {
        if (digitOf(index) === chosen) left[count++] = candidates[index] ?? NaN;
      }
    });
    values = left;
  }
  // Those that are left after the last bits are all the same.
  return (values.length > mostSorted ? values : values.slice().sort())[rank] ?? NaN;
}

/** The bits of doubles order them as they are, but that those of numbers below 0 are all turned round, and the sign else. */
function createDigits(values: Float64Array<ArrayBuffer>, level: number): (index: number) => number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const [offset, shift] = [level < 2 ? 1 : 0, level % 2 === 0 ? 16 : 0];
  const sign = level < 2 ? 0x80000000 : 0;
  return (index) => {
    const isNegative = (words[index * 2 + 1] ?? 0) >>> 31 === 1;
    const word = words[index * 2 + offset] ?? 0;
    return ((isNegative ? ~word : word ^ sign) >>> shift) & 0xffff;
  };
}

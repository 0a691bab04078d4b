import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { listSamples, openSample } from './list-samples.ts';

describe('the sample data', () => {
  it('is small, each of a name of its own, and says whose it is and what may be done with it', async () => {
    const samples = listSamples();
    const sizes = await Promise.all(samples.map(async (sample) => (await openSample(sample)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    expect(new Set(samples.flatMap(({ name, title }) => [name, title])).size).toBe(2 * samples.length);
    for (const { source, licence } of samples) expect([source, licence]).not.toContain('');
  });

  it.each(listSamples().map((sample) => [sample.name, sample] as const))(
    'has as many rows and columns in %s as is said, and no row that is longer or shorter',
    async (_, sample) => {
      const text = await (await openSample(sample)).text();
      const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: false });
      expect(errors).toEqual([]);
      const [header, ...rows] = data.slice(0, -1);
      expect([rows.length, header?.length]).toEqual([sample.rowCount, sample.columnCount]);
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([sample.columnCount]));
    },
  );
});

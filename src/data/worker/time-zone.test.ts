import { expect, test } from 'vitest';
import { formatTimestamp } from './format-time.ts';
import { offsetAt } from './time-zone.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

test.each([
  ['Europe/Berlin', '2026-03-29T00:59:59Z', 3600],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 7200],
  ['Europe/Berlin', '2026-10-25T00:59:59Z', 7200],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', 3600],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 20700],
  ['America/St_Johns', '2026-07-01T00:00:00Z', -9000],
  ['Pacific/Apia', '2011-12-30T09:59:59Z', -36000],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', 50400],
  ['UTC', '2026-01-01T00:00:00Z', 0],
  ['+02:00', '2026-01-01T00:00:00Z', 7200],
  ['-0930', '2026-01-01T00:00:00Z', -34200],
  ['UTC+05:30', '2026-01-01T00:00:00Z', 19800],
  ['No/Such_Zone', '2026-01-01T00:00:00Z', 0],
])('%s at %s is %i s from UTC', (zone, moment, offset) => {
  expect(offsetAt(zone, seconds(moment))).toBe(offset);
});

test('every hour of a year has the offset that the browser gives it', () => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const start = seconds('2026-01-01T00:00:00Z');
  for (let hour = 0; hour < 8760; hour += 1) {
    const moment = start + hour * 3600 + 1799;
    const shown = formatTimestamp(BigInt(moment), 0, 'America/New_York');
    const [, date = '', clock = ''] = /^(\S+) (\S+)-/.exec(shown) ?? [];
    const [year = '', month, day] = date.split('-').map(Number);
    const given = format.format(moment * 1000);
    expect(`${String(month)}/${String(day)}/${String(year).slice(2)}, ${clock}`).toBe(given);
  }
});

test('dates agree with those of the browser over thousands of years', () => {
  for (let day = -719_528; day < 2_932_897; day += 97) {
    const moment = BigInt(day) * 86_400n + 43_200n;
    expect(formatTimestamp(moment, 0, null)).toBe(
      `${new Date(Number(moment) * 1000).toISOString().slice(0, 10)} 12:00:00`,
    );
  }
});

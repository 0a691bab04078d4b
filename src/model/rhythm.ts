/** From Monday, 1, to Sunday, 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export type Weekday = (typeof weekdays)[number];

/** When a schedule runs. */
export type Rhythm =
  /** Again so many minutes after it was made, resumed or given this rhythm, and again so many after that. */
  | { readonly type: 'interval'; readonly minutes: number }
  /** At times of day as "08:30", on these days; both in order, each once and never none. */
  | { readonly type: 'times'; readonly times: readonly string[]; readonly weekdays: readonly Weekday[] };

export const intervalLimits = { minimum: 1, maximum: 1_440, standard: 60 } as const;

export const mostTimes = 24;

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes since midnight of a time as "08:30"; null where it is none. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = timeOfDay.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Times and days in order, each once. */
export function sortRhythm(rhythm: Rhythm): Rhythm {
  if (rhythm.type === 'interval') return rhythm;
  return {
    type: 'times',
    times: [...new Set(rhythm.times)].sort(),
    weekdays: weekdays.filter((day) => rhythm.weekdays.includes(day)),
  };
}

export function isSameRhythm(one: Rhythm, other: Rhythm): boolean {
  return JSON.stringify(sortRhythm(one)) === JSON.stringify(sortRhythm(other));
}

import type { LineRun } from '../../model/line-run.ts';
import { parseTimeOfDay, type Rhythm, type Weekday } from '../../model/rhythm.ts';
import type { NotebookId, ProfileId } from '../../model/ids.ts';
import type { Profile } from '../../model/profile.ts';
import type { MissedTimes, Schedule } from '../../model/schedule.ts';
import type { EditQuestion } from '../../session/ScheduledEdits.svelte.ts';
import type { OngoingRun } from '../../session/OngoingRun.svelte.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';

/** What is shown of a run that goes on. */
export type OngoingView = Pick<
  OngoingRun,
  'notebookId' | 'title' | 'position' | 'total' | 'isWaiting' | 'isStopping'
>;

export const weekdayNames: Record<Weekday, string> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
};

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment near another one: the time of day alone where both are on one day. */
export function formatNear(time: number, now: number): string {
  const isSameDay = new Date(time).toDateString() === new Date(now).toDateString();
  return (isSameDay ? timeFormat : dayFormat).format(time);
}

/** A time of day that is written as "08:30", in the reader's way. */
export function formatTimeOfDay(text: string): string {
  const minutes = parseTimeOfDay(text);
  return minutes === null ? text : timeFormat.format(new Date(2000, 0, 1, 0, minutes));
}

/** When a schedule runs, within a sentence: "every 10 minutes", "at 08:00 and 17:30 from Monday to Friday". */
export function describeRhythm(rhythm: Rhythm): string {
  if (rhythm.type === 'interval') return `every ${describeMinutes(rhythm.minutes)}`;
  return `at ${joinWords(rhythm.times.map(formatTimeOfDay))} ${describeDays(rhythm.weekdays)}`;
}

function describeMinutes(minutes: number): string {
  if (minutes === 1) return 'minute';
  if (minutes === 60) return 'hour';
  if (minutes % 60 === 0) return `${minutes / 60} hours`;
  return `${formatCount(minutes)} minutes`;
}

function describeDays(days: readonly Weekday[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (days.length === 7) return 'every day';
  const isRow = first !== undefined && last !== undefined && last - first === days.length - 1;
  if (isRow && days.length > 2) return `from ${weekdayNames[first]} to ${weekdayNames[last]}`;
  return `on ${joinWords(days.map((day) => weekdayNames[day]))}`;
}

/** "one", "one and two", "one, two and three". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** When a schedule runs next. */
export function describeNext(next: number, now: number): string {
  if (next <= now) return 'Due now';
  const minutes = Math.ceil((next - now) / 60_000);
  const at = formatNear(next, now);
  if (minutes === 1) return `Next in a minute, at ${at}`;
  return minutes <= 90 ? `Next in ${minutes} minutes, at ${at}` : `Next at ${at}`;
}

/** What a schedule did not run at, as a sentence; empty where it did always. */
export function describeMissed({ whileClosed, whileRunning, latest }: MissedTimes, now: number): string {
  const count = whileClosed + whileRunning;
  if (count === 0) return '';
  const listed = latest.slice(0, 3).map(({ at }) => formatNear(at, now));
  const others = count - listed.length;
  const times = [...listed, ...(others > 0 ? [`${formatCount(others)} more`] : [])];
  const isMixed = whileClosed > 0 && whileRunning > 0;
  const countOne = (part: number): string => (isMixed ? ` (${formatCount(part)})` : '');
  const reasons = [
    ...(whileClosed > 0 ? [`Cahier was closed or the computer slept${countOne(whileClosed)}`] : []),
    ...(whileRunning > 0 ? [`its run before still went on${countOne(whileRunning)}`] : []),
  ];
  const often = count === 1 ? 'once' : `${formatCount(count)} times`;
  return `Missed ${often}: ${joinWords(times)}. ${capitalize(reasons.join('; '))}.`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How far a run is that goes on: "Runs now: “Sums” (2 of 3)"; `asked` is the notebook that a question is asked about. */
export function describeOngoing(ongoing: OngoingView, asked: NotebookId | null): string {
  const { notebookId, title, position, total, isWaiting, isStopping } = ongoing;
  if (isStopping) return 'Stopping…';
  const place = total > 1 ? ` (${position} of ${total})` : '';
  if (asked !== null && asked === notebookId) return `Waits for your answer about “${title}”${place}`;
  return `${isWaiting ? 'Waits for other runs' : 'Runs now'}: “${title}”${place}`;
}

/** How a run ended: "done, 14:30, 3.2 s"; a clock that was set back meanwhile does not make it less than nothing. */
export function describeRun({ status, startedAt, endedAt }: LineRun, now: number): string {
  return `${status}, ${formatNear(startedAt, now)}, ${formatDuration(Math.max(0, endedAt - startedAt))}`;
}

/** A profile as sentences name it: “Ada”. */
export function nameProfile(profile: Pick<Profile, 'displayName'> | null): string {
  return profile ? `“${profile.displayName}”` : 'a profile that is gone';
}

/** That schedules of others run a notebook that is written in, and what that means; empty where none does. */
export function describeForeign(
  schedules: readonly Schedule[],
  nameOwner: (id: ProfileId) => string,
): string {
  if (schedules.length === 0) return '';
  const runs = schedules.map(
    ({ title, rhythm, ownerId }) =>
      `${describeRhythm(rhythm)} as ${nameOwner(ownerId)}, by the schedule “${title}”`,
  );
  const owners = [...new Set(schedules.map(({ ownerId }) => nameOwner(ownerId)))];
  return `This notebook runs ${runs.join(', and ')}. What you write here runs in the name of ${joinWords(owners)}.`;
}

/** So many files are named. */
const mostNamed = 3;

/** What is asked about, and that nothing of it is kept yet. */
export function describeChange({ notebookTitle, changedPaths }: EditQuestion): string {
  if (changedPaths === null) return `Nothing of your change to “${notebookTitle}” is saved yet.`;
  const named = changedPaths.slice(0, mostNamed);
  const others = changedPaths.length - named.length;
  const files = joinWords([...named, ...(others > 0 ? [`${formatCount(others)} more`] : [])]);
  return `What you ran has changed files of “${notebookTitle}”: ${files}. Nothing of that is kept yet.`;
}

import type { ComparedCell } from '../../model/compare-sessions.ts';
import type { Job } from '../../model/job.ts';
import type { Session, SessionCause } from '../../model/session.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';
import { listNoticeMarks } from '../describe-notices.ts';

const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Date and time, in the reader's way. */
export function formatMoment(milliseconds: number): string {
  return momentFormat.format(milliseconds);
}

/** Why a session came to be. */
export function describeCause(cause: SessionCause): string {
  switch (cause.type) {
    case 'one':
      return cause.cycle === undefined
        ? cause.cellTitle
        : `${cause.cellTitle}, cycle ${formatCount(cause.cycle)}`;
    case 'from':
      return `From ${cause.cellTitle} down`;
    case 'all':
      return 'All cells';
    case 'stale':
      return 'What was stale';
    case 'production-line':
      return `Production line “${cause.title}”`;
    case 'schedule': {
      const line = cause.lineTitle === undefined ? '' : `, production line “${cause.lineTitle}”`;
      return `Schedule “${cause.title}”${line}, as “${cause.ownerName}”`;
    }
    case 'restore':
      return `Restored from ${formatMoment(cause.startedAt)}`;
    default:
      return assertNever(cause);
  }
}

/** Several cycles of one press on Run, newest first. */
export function describeCycles(sessions: readonly [Session, ...Session[]]): string {
  const [{ cause }] = sessions;
  if (sessions.length === 1 || cause.type !== 'one') return describeCause(cause);
  const first = getCycle(sessions.at(-1)?.cause);
  return `${cause.cellTitle}, cycles ${formatCount(first)} to ${formatCount(getCycle(cause))}`;
}

function getCycle(cause: SessionCause | undefined): number {
  return cause?.type === 'one' ? (cause.cycle ?? 1) : 1;
}

/** How much a session did. */
export function describeExtent({ jobIds, skipped }: Session): string {
  const count = jobIds.length === 1 ? '1 job' : `${formatCount(jobIds.length)} jobs`;
  return skipped.length === 0 ? count : `${count}, ${formatCount(skipped.length)} not run`;
}

/** How a job ended and what it left. */
export function describeJob(job: Job): string {
  const time = formatDuration(job.finishedAt - job.startedAt);
  const { outcome } = job;
  const shown = [
    ...listNoticeMarks(job.notices).map(({ label }) => label),
    ...(job.previews.length === 0 ? [] : [countPreviews(job.previews.length)]),
  ];
  if (outcome.status === 'failed') return ['Failed', time, ...shown, outcome.error.message].join(' · ');
  if (outcome.status === 'stopped') return ['Stopped', time, ...shown].join(' · ');
  const names = [...new Set(outcome.outputs.map(({ handle }) => handle))];
  return ['Done', time, ...shown, ...(names.length === 0 ? [] : [`put out ${names.join(', ')}`])].join(' · ');
}

function countPreviews(count: number): string {
  return count === 1 ? '1 preview' : `${formatCount(count)} previews`;
}

/** What two sessions have of a cell in common, and what not. */
export function describeComparison({ before, after, differences }: ComparedCell): string {
  if (!before) return 'Run in the later one only';
  if (!after) return 'Run in the earlier one only';
  const times = `${formatDuration(before.finishedAt - before.startedAt)}, then ${formatDuration(after.finishedAt - after.startedAt)}`;
  return differences.length === 0 ? `The same · ${times}` : `Different: ${differences.join(', ')} · ${times}`;
}

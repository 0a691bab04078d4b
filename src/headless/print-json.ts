import type { RunEvent } from './events.ts';

/** An event as one line of JSON. */
export function printJson(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** An event without what differs from run to run: times are 0, and there is no progress. */
export function stabilise(event: RunEvent): RunEvent | null {
  switch (event.type) {
    case 'progress':
      return null;
    case 'job-finished':
    case 'notebook-finished':
    case 'finished':
      return { ...event, milliseconds: 0 };
    default:
      return event;
  }
}

import { foldJson } from '../../model/log-text.ts';
import { writeEvent, type SessionEvent } from '../../model/session-events.ts';

/** An event as a line of a list. */
export interface EventLine {
  readonly time: number;
  readonly type: string;
  readonly look: string;
  readonly text: string;
  readonly json: string | null;
}

const looks: Readonly<Record<string, string>> = { BlockWarning: 'warning', BlockError: 'error' };

/** One without fields has nothing more to it than its name. */
export function toEventLine(event: SessionEvent): EventLine {
  const { time, type, fields } = event;
  const look = looks[type] ?? '';
  const isEmpty = fields === '{}';
  return {
    time,
    type,
    look,
    text: isEmpty ? '' : foldJson(fields),
    json: isEmpty ? null : writeEvent(event),
  };
}

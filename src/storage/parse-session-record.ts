import * as v from 'valibot';
import type { Session } from '../model/session.ts';
import { sessionDirectories } from '../model/session-files.ts';
import {
  cellId,
  count,
  cyclesId,
  jobId,
  notebookId,
  profileId,
  sessionId,
  stored,
  time,
} from './parse-basics.ts';

/** What stands in the `sessions` store. */
export const session: v.GenericSchema<unknown, Session> = v.object({
  id: sessionId,
  notebookId,
  cause: v.variant('type', [
    v.object({
      type: v.literal('one'),
      cellTitle: v.string(),
      cycle: v.exactOptional(count),
      // Before cycles knew of each other.
      cyclesId: v.exactOptional(cyclesId),
    }),
    v.object({ type: v.literal('from'), cellTitle: v.string() }),
    v.object({ type: v.picklist(['all', 'stale']) }),
    v.object({ type: v.literal('production-line'), title: v.string() }),
    v.object({
      type: v.literal('schedule'),
      title: v.string(),
      ownerName: v.string(),
      lineTitle: v.exactOptional(v.string()),
    }),
    v.object({ type: v.literal('restore'), startedAt: time }),
  ]),
  startedAt: time,
  finishedAt: time,
  jobIds: v.array(jobId),
  skipped: v.array(v.object({ cellId, title: v.string(), reason: v.string() })),
  pythonVersion: v.nullable(v.string()),
  packages: v.array(v.object({ name: v.string(), version: v.string() })),
  ranBy: v.string(),
  profileId: v.optional(v.nullable(profileId), null),
  files: v.array(v.object({ directory: v.picklist(sessionDirectories), path: v.string(), ...stored })),
});

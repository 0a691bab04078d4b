import { findConnectionProblem } from '../model/connections.ts';
import type { BlobHash } from '../model/ids.ts';
import type { LessonContent } from '../model/lesson.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { parseValue } from '../shared/parse-value.ts';
import { fail, type Result } from '../shared/result.ts';
import { lessonContent } from './parse-notebook-record.ts';
import { parseJsonText } from './workspace-file/parse-json-text.ts';

/** Reads what a lesson held when it was opened, whoever made it. The problem is the end of a sentence. */
export async function readLesson(
  original: BlobHash,
  stored: Blob | null,
): Promise<Result<LessonContent, string>> {
  if (!stored) return fail('it is missing from this browser’s storage');
  const bytes = await stored.arrayBuffer();
  if ((await hashBytes(bytes)) !== original) return fail('it was altered in this browser’s storage');
  const json = parseJsonText(new TextDecoder().decode(bytes));
  if (!json.isOk) return json;
  const parsed = parseValue(lessonContent, json.value);
  if (!parsed.isOk) return parsed;
  const { cells, connections } = parsed.value;
  if (new Set(cells.map(({ id }) => id)).size < cells.length) return fail('two of its cells have one id');
  const problem = findConnectionProblem(cells, connections);
  return problem === null ? parsed : fail(problem);
}

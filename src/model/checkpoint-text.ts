import type { CheckpointValue } from './checkpoint.ts';
import type { FieldType } from './data-schema.ts';
import { findJsonSyntaxProblem } from './json-syntax.ts';

const integerShape = /^[+-]?\d+$/;
const numberShape = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf)$/;
const dateShape = /^(\d{4})-(\d{2})-(\d{2})$/;
/** A date, and after it a time, an offset, and the name of a zone in brackets. */
const datetimeShape =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-][01]\d:[0-5]\d(?::[0-5]\d)?)?(?:\[([^\]]+)\])?)?$/;

/** The type that the checkpoint of a field is written with. */
export function getCheckpointType(type: FieldType): CheckpointValue['type'] {
  return type === 'object' || type === 'array' ? 'json' : type;
}

/** Why a text is no checkpoint of a field of this type, as a sentence; null where it is one. */
export function findCheckpointProblem(text: string, type: FieldType): string | null {
  const trimmed = text.trim();
  switch (type) {
    case 'string':
      return null;
    case 'integer':
      return integerShape.test(trimmed) ? null : 'That is no integer. Write digits alone, such as 42.';
    case 'number':
      return numberShape.test(trimmed) ? null : 'That is no number. Write one such as 42 or 0.5.';
    case 'boolean':
      return trimmed === 'true' || trimmed === 'false' ? null : 'Write true or false.';
    case 'date':
      return isDate(trimmed) ? null : 'That is no date. Write one such as 2026-03-31.';
    case 'datetime':
      return findDatetimeProblem(trimmed);
    case 'object':
      return findJsonProblem(trimmed, '{', 'an object, such as {"id": 1}');
    case 'array':
      return findJsonProblem(trimmed, '[', 'an array, such as [1, 2]');
  }
}

/** Whether it is a day of the calendar; Python knows those from the year 1 to 9999. */
function isDate(text: string): boolean {
  const [, year, month, day] = dateShape.exec(text) ?? [];
  if (year === undefined || year === '0000') return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return moment.getUTCMonth() + 1 === Number(month) && moment.getUTCDate() === Number(day);
}

function findDatetimeProblem(text: string): string | null {
  const [, date = '', , zone] = datetimeShape.exec(text) ?? [];
  if (!isDate(date)) return 'That is no date and time. Write one such as 2026-03-31T18:00:00.';
  return zone === undefined || isZone(zone) ? null : `There is no time zone “${zone}”.`;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function findJsonProblem(text: string, start: string, what: string): string | null {
  const problem = findJsonSyntaxProblem(text);
  if (problem) return `Line ${problem.line}, column ${problem.column}: ${problem.message}`;
  return text.startsWith(start) ? null : `That is not ${what}.`;
}

import { findJsonSyntaxProblem, type JsonSyntaxProblem } from '../json-syntax.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { isObject, type JsonObject } from './json-values.ts';

/** Longer ones would hold the page up each time they are read. */
const mostCharacters = 2_000_000;

const start = { line: 1, column: 1 };

/** Reads a specification as typed. The problem tells its place. */
export function parseSpecification(source: string): Result<JsonObject, JsonSyntaxProblem> {
  if (source.length > mostCharacters) {
    const message =
      'The specification has more than 2 million characters. Bring its data in as a Dataset, and connect that.';
    return fail({ ...start, message });
  }
  if (source.trim() === '') return succeed({});
  const problem = findJsonSyntaxProblem(source);
  if (problem) return fail(problem);
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value)
      ? succeed(value)
      : fail({ ...start, message: 'A specification is an object: begin it with “{”.' });
  } catch {
    return fail({ ...start, message: 'NaN and Infinity are no JSON. Write null instead.' });
  }
}

/** As specifications are written here. */
export function writeSpecification(specification: JsonObject): string {
  return JSON.stringify(specification, null, 2);
}

/** Whether nothing is said in it yet. */
export function isBlank(specification: JsonObject): boolean {
  return Object.keys(specification).every((name) => name === '$schema');
}

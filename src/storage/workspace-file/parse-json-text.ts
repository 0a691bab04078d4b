import { fail, succeed, type Result } from '../../shared/result.ts';

/** Schemas that people write are the deepest, and have a few levels. */
const deepest = 200;
/** Each takes many times its text in memory. */
const mostValues = 10_000_000;

const quote = 0x22;
const backslash = 0x5c;

/**
 * JSON of whoever made it. What would take more memory than it has text, or end the program, is refused before it is
 * parsed. The problem is the end of a sentence: "it is no JSON".
 */
export function parseJsonText(text: string): Result<unknown, string> {
  const problem = findExcess(text);
  if (problem !== null) return fail(problem);
  try {
    const value: unknown = JSON.parse(text);
    return hasPrototypeName(value) ? fail('it has a name that no record has: __proto__') : succeed(value);
  } catch {
    return fail('it is no JSON');
  }
}

function findExcess(text: string): string | null {
  let depth = 0;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = skipText(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        count += 1;
        if (depth > deepest) return `it is nested more than ${deepest} levels deep`;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        count += 1;
        break;
    }
    if (count > mostValues) return 'it has too many values';
  }
  return null;
}

/** Where the text ends that begins here. */
function skipText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

/** Copying such an object name by name would change what all objects have. */
function hasPrototypeName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeName);
}

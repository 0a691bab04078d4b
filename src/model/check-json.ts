import { Validator, type OutputUnit } from '@cfworker/json-schema';
import { nameType } from './type-names.ts';

/** What a value has to be. */
export interface Expected {
  /** A JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isNullable: boolean;
}

/** Numbers that Python writes and JSON does not have, and the strings in which they are none. */
const foreignNumbers = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * What is wrong with a value for an input, after the words for the value, as a part of a sentence with its end; null
 * where it fits. The text is JSON as Python writes it: NaN and Infinity are numbers.
 */
export function checkJson(text: string, { schema, isNullable }: Expected): string | null {
  const parsed = parseJson(text);
  if (!parsed) return `is no JSON: ${shorten(text)}. A text stands in quotes.`;
  if (parsed.value === null && isNullable) return null;
  try {
    const { valid, errors } = new Validator({ ...schema }, '2020-12').validate(parsed.value);
    return valid ? null : describe(errors, text);
  } catch (error) {
    return `cannot be checked, as the schema of the input is broken: ${String(error)}.`;
  }
}

/** The value of JSON as Python writes it, in which NaN and Infinity stand as 0; null where it is none. */
export function parseJson(text: string): { readonly value: unknown } | null {
  for (const candidate of [
    text,
    text.replace(foreignNumbers, (found) => (found.startsWith('"') ? found : '0')),
  ]) {
    try {
      const value: unknown = JSON.parse(candidate);
      return { value };
    } catch {
      // The other one may be.
    }
  }
  return null;
}

/** What the validator says of a value of another type than those a schema names. */
const wrongType = /^Instance type "(\w+)" is invalid\. Expected (.+)\.$/;

function describe(errors: readonly OutputUnit[], text: string): string {
  // The last one is of the innermost value.
  const { error = 'it is not as the schema says', instanceLocation = '#' } = errors.at(-1) ?? {};
  const path = instanceLocation === '#' ? '' : instanceLocation.slice(2).replaceAll('/', '.');
  const types = wrongType.exec(error);
  if (types) {
    const expected = [...(types[2] ?? '').matchAll(/\w+/g)].map(([type]) => nameType(type)).join(' or ');
    return `is ${shorten(text)}, but ${path && `${path} `}should be ${expected}, not ${nameType(types[1] ?? '')}.`;
  }
  const place = path && ` at ${path}`;
  return `is ${shorten(text)}, and its schema says otherwise${place}: ${error.replace(/\.$/, '')}.`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

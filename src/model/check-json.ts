import { Validator, type OutputUnit, type ValidationResult } from '@cfworker/json-schema';
import { hasForeignNumber, holdForeignNumbers, parseJson } from './python-numbers.ts';
import { nameType } from './type-names.ts';

/** What a value has to be. */
export interface Expected {
  /** A JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isNullable: boolean;
}

/**
 * What is wrong with a value for an input, after the words for the value, as a part of a sentence with its end; null
 * where it fits. The text is JSON as Python writes it: NaN and Infinity are numbers.
 */
export function checkJson(text: string, { schema, isNullable }: Expected): string | null {
  const parsed = parseJson(text);
  if (!parsed) return `is no JSON: ${shorten(text)}. A text stands in quotes.`;
  if (parsed.value === null && isNullable) return null;
  try {
    const isForeign = hasForeignNumber(text, parsed.value);
    const { valid, errors } = validate(parsed.value, isForeign ? holdForeignNumbers(schema) : schema);
    if (valid) return null;
    // What is wrong by that alone is wrong for its numbers, of which the library has no words.
    return isForeign && validate(parsed.value, schema).valid
      ? describeForeign(errors, text)
      : describe(errors, text);
  } catch (error) {
    return `cannot be checked, as the schema of the input is broken: ${String(error)}.`;
  }
}

function validate(value: unknown, schema: Expected['schema']): ValidationResult {
  return new Validator({ ...schema }, '2020-12').validate(value);
}

function describeForeign(errors: readonly OutputUnit[], text: string): string {
  const path = toPath(errors.at(-1)?.instanceLocation);
  return `is ${shorten(text)}, and its schema says otherwise${path && ` at ${path}`}: NaN and Infinity are no whole numbers, and NaN is within no bounds.`;
}

/** What the validator says of a value of another type than those a schema names. */
const wrongType = /^Instance type "(\w+)" is invalid\. Expected (.+)\.$/;

function describe(errors: readonly OutputUnit[], text: string): string {
  // The last one is of the innermost value.
  const { error = 'it is not as the schema says', instanceLocation } = errors.at(-1) ?? {};
  const path = toPath(instanceLocation);
  const types = wrongType.exec(error);
  if (types) {
    const expected = [...(types[2] ?? '').matchAll(/\w+/g)].map(([type]) => nameType(type)).join(' or ');
    return `is ${shorten(text)}, but ${path && `${path} `}should be ${expected}, not ${nameType(types[1] ?? '')}.`;
  }
  const place = path && ` at ${path}`;
  return `is ${shorten(text)}, and its schema says otherwise${place}: ${error.replace(/\.$/, '')}.`;
}

function toPath(location = '#'): string {
  return location === '#' ? '' : location.slice(2).replaceAll('/', '.');
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

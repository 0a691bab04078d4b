import { fail, succeed, type Result } from '../shared/result.ts';

/** Thrown inside a parser, caught by `parseWhole`: says where the value departs from what was expected. */
class ShapeError extends Error {}

/** A value and the way to it, for messages such as "at columns[2].name: expected string, got number". */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Runs a parser over a whole message; a departure becomes a Failure that tells the path. */
export function parseWhole<Value>(value: unknown, parse: (place: Place) => Value): Result<Value, string> {
  try {
    return succeed(parse({ value, path: '' }));
  } catch (error) {
    if (error instanceof ShapeError) return fail(error.message);
    throw error;
  }
}

export function refuse({ value, path }: Place, expected: string): never {
  throw new ShapeError(
    `at ${path === '' ? 'the message' : path}: expected ${expected}, got ${nameOf(value)}`,
  );
}

export function field(place: Place, name: string): Place {
  const { value, path } = place;
  if (typeof value !== 'object' || value === null) return refuse(place, 'an object');
  return { value: (value as Record<string, unknown>)[name], path: path === '' ? name : `${path}.${name}` };
}

export function text(place: Place): string {
  return typeof place.value === 'string' ? place.value : refuse(place, 'a string');
}

/** A whole number from 0 up. */
export function count(place: Place): number {
  const { value } = place;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(place, 'a whole number from 0 up');
}

/** Any number but NaN and the infinite ones. */
export function number(place: Place): number {
  return typeof place.value === 'number' && Number.isFinite(place.value)
    ? place.value
    : refuse(place, 'a finite number');
}

export function truth(place: Place): boolean {
  return typeof place.value === 'boolean' ? place.value : refuse(place, 'true or false');
}

/** Any object; what is in it is not looked at. */
export function record(place: Place): Readonly<Record<string, unknown>> {
  const { value } = place;
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? { ...value } : refuse(place, 'an object');
}

export function oneOf<Word extends string>(place: Place, words: readonly Word[]): Word {
  const found = words.find((word) => word === place.value);
  return found ?? refuse(place, words.map((word) => `"${word}"`).join(' or '));
}

export function nullable<Value>(place: Place, parse: (place: Place) => Value): Value | null {
  return place.value === null ? null : parse(place);
}

export function list<Value>(place: Place, parse: (place: Place) => Value): Value[] {
  const { value, path } = place;
  if (!Array.isArray(value)) return refuse(place, 'an array');
  return value.map((element: unknown, index) => parse({ value: element, path: `${path}[${String(index)}]` }));
}

export function bytes(place: Place): Uint8Array {
  return place.value instanceof Uint8Array ? place.value : refuse(place, 'a Uint8Array');
}

/** Bytes that nobody shares. */
export function ownBytes(place: Place): Uint8Array<ArrayBuffer> {
  const { value } = place;
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : refuse(place, 'a Uint8Array of its own memory');
}

export function blob(place: Place): Blob {
  return place.value instanceof Blob ? place.value : refuse(place, 'a Blob');
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'number') return `number ${String(value)}`;
  if (typeof value === 'object')
    return value.constructor === undefined ? 'an object' : value.constructor.name;
  return typeof value;
}

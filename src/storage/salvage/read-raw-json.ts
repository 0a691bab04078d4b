import { fail, succeed, type Result } from '../../shared/result.ts';

/** The value that `writeRawJson` wrote, of its parsed JSON. The problem is the end of a sentence: "it holds a date that is none". */
export function readRawJson(json: unknown): Result<unknown, string> {
  try {
    return succeed(toValue(json));
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.message);
    throw error;
  }
}

class Unreadable extends Error {}

function toValue(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(toValue);
  const entries = Object.entries(json);
  const [first] = entries;
  if (first?.[0] === '$' && entries.length === 1) return readMark(first[1]);
  if ('$' in json) throw new Unreadable('it holds “$” beside other names');
  return toMembers(json);
}

function toMembers(json: object): object {
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, toValue(member)]));
}

function readMark(mark: unknown): unknown {
  const entries: [string, unknown][] = typeof mark === 'object' && mark !== null ? Object.entries(mark) : [];
  const [first] = entries;
  if (!first || entries.length > 1) throw new Unreadable('it holds a mark that is none');
  const [kind, content] = first;
  switch (kind) {
    case 'number':
      return readNumber(content);
    case 'undefined':
      return undefined;
    case 'bigint':
      if (typeof content !== 'string' || !/^-?\d{1,1000}$/.test(content)) break;
      return BigInt(content);
    case 'date':
      if (content === null) return new Date(NaN);
      if (typeof content !== 'number') break;
      return new Date(content);
    case 'bytes':
      return readBytes(content);
    case 'map':
      return new Map(readList(kind, content).map(readPair));
    case 'set':
      return new Set(readList(kind, content).map(toValue));
    case 'object':
      if (typeof content !== 'object' || content === null || Array.isArray(content)) break;
      return toMembers(content);
    case 'blob':
    case 'unknown':
      throw new Unreadable('it holds something that is only named');
  }
  throw new Unreadable(`it holds a mark “${kind.slice(0, 20)}” that is none`);
}

function readNumber(content: unknown): number {
  switch (content) {
    case '-0':
      return -0;
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      throw new Unreadable('it holds a number that is none');
  }
}

function readBytes(content: unknown): Uint8Array<ArrayBuffer> {
  try {
    if (typeof content === 'string') return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  } catch {
    // Said below.
  }
  throw new Unreadable('it holds bytes that are none');
}

function readList(kind: string, content: unknown): unknown[] {
  if (!Array.isArray(content)) throw new Unreadable(`it holds a ${kind} that is none`);
  return content;
}

function readPair(pair: unknown): [unknown, unknown] {
  const [key, member, ...rest] = readList('map', pair);
  if (rest.length > 0) throw new Unreadable('it holds a map that is none');
  return [toValue(key), toValue(member)];
}

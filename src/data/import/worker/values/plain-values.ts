import { invariant } from '../../../../shared/invariant.ts';
import { plainNumbers } from './number-style.ts';
import { findKind, kinds } from './value-kinds.ts';

/** Marks digits of a number that a double cannot hold, which are kept as a text on their way. */
const digitsMark = '\u0000#';

const times = kinds.date | kinds.localTime | kinds.moment;

const longDigits = /^-?\d{16,}$/;

/**
 * Parses JSON; whole numbers of 16 digits and more keep each of them, as do those that no double holds. NaN and Infinity, which
 * Python writes, are a missing value and what they say. Throws what `JSON.parse` throws.
 */
export function parseExactJson(text: string): unknown {
  const { parsed, error } = tryParse(text);
  if (error === null && !/\d{16}|[eE]\+?\d{3}/.test(text)) return parsed;
  if (error !== null && !/NaN|Infinity/.test(text)) throw error;
  const token = /"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  const kept = text.replace(token, (found) => {
    if (found.startsWith('"')) return found;
    if (found === 'NaN') return 'null';
    const isExact = !longDigits.test(found) && Number.isFinite(Number(found));
    return isExact ? found : JSON.stringify(`${digitsMark}${found}`);
  });
  const second = tryParse(kept);
  // Where it is no JSON either way, the place of the mistake is that in the text as it was.
  if (second.error !== null) throw error ?? second.error;
  return second.parsed;
}

function tryParse(text: string): { readonly parsed: unknown; readonly error: Error | null } {
  try {
    return { parsed: JSON.parse(text), error: null };
  } catch (error) {
    return { parsed: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What a value is that came with a type; a text that is a date or time as ISO 8601 writes it counts as that. */
export function kindOfValue(value: unknown): number {
  switch (typeof value) {
    case 'boolean':
      return kinds.bool;
    case 'number':
      if (!Number.isSafeInteger(value)) return kinds.decimal;
      return Math.abs(value) < 1e15 && !Object.is(value, -0)
        ? kinds.integer
        : findKind(String(value), plainNumbers);
    case 'string': {
      if (value.startsWith(digitsMark)) return findKind(value.slice(digitsMark.length), plainNumbers);
      const kind = findKind(value, plainNumbers);
      return (kind & times) !== 0 ? kind : kinds.text;
    }
    case 'undefined':
      return kinds.none;
    default:
      return value === null ? kinds.none : value instanceof Date ? kindOfDate(value) : kinds.text;
  }
}

/** A value as the text that a column is made of; null for one that is missing. */
export function textOfValue(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value.startsWith(digitsMark) ? value.slice(digitsMark.length) : value;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
      return String(value);
    case 'undefined':
      return null;
    default: {
      if (value === null) return null;
      if (value instanceof Date) return textOfDate(value);
      const json = JSON.stringify(value);
      invariant(typeof json === 'string', 'what was parsed from JSON can be written as JSON');
      return json.includes('\\u0000#') ? json.replace(/"\\u0000#([^"]+)"/g, '$1') : json;
    }
  }
}

/** Workbooks tell dates without a zone; a day has no time. */
function kindOfDate(date: Date): number {
  if (Number.isNaN(date.getTime())) return kinds.none;
  return date.getTime() % 86_400_000 === 0 ? kinds.date : kinds.localTime;
}

function textOfDate(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString().slice(0, -1);
  return kindOfDate(date) === kinds.date ? text.slice(0, 10) : text.replace('.000', '');
}

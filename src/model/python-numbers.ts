/** A part of a schema, or of several by name. */
type Schema = Readonly<Record<string, unknown>>;

/** Numbers that Python writes and JSON does not have, and the strings in which they are none. */
const foreignNumbers = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Whole numbers that are too large for the page to tell from Infinity, and the strings in which they are none. */
const vastIntegers = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])(-?)\d{309,}(?![\d.eE])/g;

/** The value of JSON as Python writes it, in which NaN and Infinity may stand; null where it is none. */
export function parseJson(text: string): { readonly value: unknown } | null {
  const plain = parsePlain(text);
  // What is written in no way of JSON's may be Infinity all the same: 1e999.
  if (plain) return /\d{309}/.test(text) ? parsePlain(shortenVast(text)) : plain;
  // No name of a member can be a list, and no value is called like this.
  const mark = `NaN ${crypto.randomUUID()}`;
  const written: Readonly<Record<string, string>> = {
    NaN: JSON.stringify([mark]),
    Infinity: '1e999',
    '-Infinity': '-1e999',
  };
  const marked = shortenVast(text).replace(foreignNumbers, (found) => written[found] ?? found);
  return parsePlain(marked, (_key, value) => (Array.isArray(value) && value[0] === mark ? NaN : value));
}

function shortenVast(text: string): string {
  return text.replace(vastIntegers, (found, sign: string | undefined) =>
    sign === undefined ? found : `${sign}1e308`,
  );
}

function parsePlain(
  text: string,
  revive?: (key: string, value: unknown) => unknown,
): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text, revive);
    return { value };
  } catch {
    return null;
  }
}

/** Texts without any of this hold no such number: long values are not walked through for nothing. */
const foreignSigns = /NaN|Infinity|[eE]\+?\d\d|\d{309}/;

/** Whether a number that JSON does not have stands in the value of a text. */
export function hasForeignNumber(text: string, value: unknown): boolean {
  return foreignSigns.test(text) && isForeign(value);
}

function isForeign(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isForeign);
}

const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
const inner = new Set([
  ...['not', 'if', 'then', 'else', 'items', 'contains', 'additionalProperties', 'propertyNames'],
  ...['unevaluatedItems', 'unevaluatedProperties'],
]);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);

/** What NaN alone is to a checker for which it is neither below nor above anything. */
const unordered = { type: 'number', minimum: 0, exclusiveMaximum: 0 };

/**
 * A schema that a checker which compares as JavaScript does understands as Python does: NaN is within no bounds, and
 * Infinity is no whole number.
 */
export function holdForeignNumbers(schema: Schema): Schema {
  const held = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, holdPart(name, part)]));
  if (!bounds.some((name) => name in schema)) return held;
  const all: unknown = held['allOf'] ?? [];
  return Array.isArray(all) ? { ...held, allOf: [...all, { not: unordered }] } : held;
}

function holdPart(name: string, part: unknown): unknown {
  // Of a list of types it takes "integer" for what has no remainder, which Infinity has.
  if (name === 'type') return part === 'integer' ? [part] : part;
  if (inner.has(name)) return holdAny(part);
  if (lists.has(name) && Array.isArray(part)) return part.map(holdAny);
  if (maps.has(name) && isSchema(part))
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, holdAny(each)]));
  return part;
}

function holdAny(part: unknown): unknown {
  return isSchema(part) ? holdForeignNumbers(part) : part;
}

function isSchema(part: unknown): part is Schema {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

import { findClose } from '../../shared/find-close.ts';
import type { JsonNode, JsonProperty } from './json-tree.ts';
import { findItemSchema, type Schema, type SchemaBook } from './schema.ts';

/** What does not fit a schema, and where. */
export interface TreeProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

interface Outcome {
  readonly problems: readonly TreeProblem[];
  /** How well it fits in spite of them: the alternative that fits best is the one that was meant. */
  readonly fit: number;
}

const none: Outcome = { problems: [], fit: 0 };

/** More are no help. */
const mostProblems = 50;
const mostNamed = 12;

/** What is wrong with a value, by its schema; of alternatives the one that it is most like says so. */
export function checkTree(node: JsonNode, book: SchemaBook): TreeProblem[] {
  return new TreeChecker(book).check(node, book.root).problems.slice(0, mostProblems);
}

class TreeChecker {
  readonly #book: SchemaBook;
  /** Alternatives come to the same part again and again. */
  readonly #known = new WeakMap<JsonNode, Map<Schema, Outcome>>();

  constructor(book: SchemaBook) {
    this.#book = book;
  }

  check(node: JsonNode, given: Schema): Outcome {
    const schema = this.#book.resolve(given);
    const known = this.#known.get(node) ?? new Map<Schema, Outcome>();
    this.#known.set(node, known);
    const before = known.get(schema);
    if (before) return before;
    const outcome = schema.anyOf
      ? this.#checkAlternatives(node, schema, schema.anyOf)
      : this.#checkOne(node, schema);
    known.set(schema, outcome);
    return outcome;
  }

  /** Limits may stand beside alternatives. */
  #checkAlternatives(node: JsonNode, schema: Schema, alternatives: readonly Schema[]): Outcome {
    const outcome = this.#checkAny(node, alternatives);
    if (outcome.problems.length > 0 || node.kind !== 'number') return outcome;
    return checkNumber(node, node.value, schema);
  }

  #checkAny(node: JsonNode, alternatives: readonly Schema[]): Outcome {
    let best: Outcome | null = null;
    for (const alternative of alternatives) {
      const outcome = this.check(node, alternative);
      if (outcome.problems.length === 0) return outcome;
      if (!best || isBetter(outcome, best)) best = outcome;
    }
    const words = node.kind === 'object' || node.kind === 'array' ? [] : this.#listWords(alternatives);
    if (node.kind === 'string' && words.length > 0) return describeWords(node, words);
    if (best && best.fit < 0)
      return fail(node, `Expected ${this.#nameTypes(alternatives)}, got ${nameOf(node)}.`);
    return best ?? none;
  }

  #checkOne(node: JsonNode, schema: Schema): Outcome {
    if (schema.const !== undefined) return this.#checkWords(node, [schema.const]);
    if (schema.enum) return this.#checkWords(node, schema.enum);
    const types = typesOf(schema);
    if (types.length > 0 && !types.some((type) => isOfType(node, type))) {
      return fail(node, `Expected ${this.#nameTypes([schema])}, got ${nameOf(node)}.`);
    }
    switch (node.kind) {
      case 'object':
        return this.#checkObject(node, schema);
      case 'array':
        return this.#checkArray(node, schema);
      case 'number':
        return checkNumber(node, node.value, schema);
      case 'string':
        return checkLength(node, node.value, schema);
      case 'word':
        return { problems: [], fit: 1 };
    }
  }

  #checkWords(node: JsonNode, words: readonly unknown[]): Outcome {
    const value = 'value' in node ? node.value : undefined;
    return value !== undefined && words.includes(value)
      ? { problems: [], fit: 2 }
      : describeWords(node, words);
  }

  #checkObject(node: Extract<JsonNode, { kind: 'object' }>, schema: Schema): Outcome {
    const { properties = {}, additionalProperties = true, required = [] } = schema;
    const problems: TreeProblem[] = [];
    let fit = 1;
    for (const property of node.properties) {
      const { name, value } = property;
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const inner = own ?? (typeof additionalProperties === 'object' ? additionalProperties : null);
      if (!inner && additionalProperties === false) {
        problems.push(describeUnknown(property, Object.keys(properties)));
        fit -= 1;
        continue;
      }
      if (!inner) continue;
      if (!value) {
        problems.push({ ...placeOf(property), message: `“${name}” has no value.` });
        continue;
      }
      const outcome = this.check(value, inner);
      problems.push(...outcome.problems);
      fit += outcome.problems.length === 0 ? 1 + Math.max(0, outcome.fit) : outcome.fit < 0 ? -0.5 : 0.5;
    }
    for (const name of required) {
      if (node.properties.some((property) => property.name === name)) continue;
      problems.push({ start: node.start, end: node.start + 1, message: `“${name}” is missing.` });
      fit -= 1;
    }
    if (node.properties.length < (schema.minProperties ?? 0)) {
      problems.push({ start: node.start, end: node.end, message: 'It has too few properties.' });
    }
    return { problems, fit: Math.max(0, fit) };
  }

  #checkArray(node: Extract<JsonNode, { kind: 'array' }>, arraySchema: Schema): Outcome {
    const problems: TreeProblem[] = [];
    const { items: given } = node;
    let fit = 1;
    given.forEach((item, index) => {
      const schema = findItemSchema(arraySchema, index);
      if (!schema) return;
      const outcome = this.check(item, schema);
      if (problems.length < mostProblems) problems.push(...outcome.problems);
      fit += outcome.problems.length === 0 ? 1 : 0;
    });
    const { minItems: least = 0, maxItems: most = Infinity } = arraySchema;
    if (given.length < least || given.length > most) {
      const wanted = least === most ? String(least) : `${String(least)} to ${String(most)}`;
      problems.push({ ...placeOf(node), message: `Expected ${wanted} values, got ${String(given.length)}.` });
    }
    return { problems, fit };
  }

  #listWords(alternatives: readonly Schema[]): unknown[] {
    const schemas = alternatives.flatMap((each) => [...this.#book.expand(each)]);
    return schemas.flatMap((schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const]));
  }

  #nameTypes(alternatives: readonly Schema[]): string {
    const schemas = alternatives.flatMap((each) => [...this.#book.expand(each)]);
    const words = this.#listWords(alternatives).map((word) => JSON.stringify(word));
    const types = schemas.flatMap((schema) =>
      schema.enum || schema.const !== undefined ? [] : typesOf(schema).map((type) => typeNames[type] ?? type),
    );
    const all = [...new Set([...types, ...words.slice(0, mostNamed)])];
    return all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${String(all.at(-1))}` : (all[0] ?? 'a value');
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function isBetter(one: Outcome, other: Outcome): boolean {
  return one.fit > other.fit || (one.fit === other.fit && one.problems.length < other.problems.length);
}

function fail(node: JsonNode, message: string): Outcome {
  return { problems: [{ ...placeOf(node), message }], fit: -1 };
}

/** Of an object or a list, the start alone is underlined. */
function placeOf(node: JsonNode | JsonProperty): { readonly start: number; readonly end: number } {
  const isLong = 'kind' in node && (node.kind === 'object' || node.kind === 'array');
  return { start: node.start, end: isLong ? node.start + 1 : node.end };
}

function describeWords(node: JsonNode, words: readonly unknown[]): Outcome {
  const texts = [...new Set(words.map((word) => JSON.stringify(word)))];
  const named = texts.slice(0, mostNamed).join(', ');
  const more = texts.length > mostNamed ? ` and ${String(texts.length - mostNamed)} others` : '';
  const close = node.kind === 'string' ? findClose(node.value, words.map(String)) : null;
  const hint = close === null ? '' : ` Did you mean “${close}”?`;
  const problem = { ...placeOf(node), message: `${nameOf(node)} is none of ${named}${more}.${hint}` };
  // A word where a word is wanted was meant as one; anything else was not.
  const isWord = node.kind === 'string' && words.some((word) => typeof word === 'string');
  return { problems: [problem], fit: isWord ? 0 : -1 };
}

function describeUnknown(property: JsonProperty, known: readonly string[]): TreeProblem {
  const close = findClose(property.name, known);
  const hint = close === null ? '' : ` Did you mean “${close}”?`;
  return { ...placeOf(property), message: `“${property.name}” is no property here.${hint}` };
}

function checkNumber(
  node: JsonNode,
  value: number,
  { minimum = -Infinity, maximum = Infinity }: Schema,
): Outcome {
  if (value >= minimum && value <= maximum) return { problems: [], fit: 1 };
  const limit = value < minimum ? `at least ${String(minimum)}` : `at most ${String(maximum)}`;
  return { problems: [{ ...placeOf(node), message: `Expected ${limit}, got ${String(value)}.` }], fit: 0.5 };
}

function checkLength(
  node: JsonNode,
  value: string,
  { minLength = 0, maxLength = Infinity }: Schema,
): Outcome {
  if (value.length >= minLength && value.length <= maxLength) return { problems: [], fit: 1 };
  return { problems: [{ ...placeOf(node), message: 'The text is not as long as it has to be.' }], fit: 0.5 };
}

function typesOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}

function isOfType(node: JsonNode, type: string): boolean {
  switch (type) {
    case 'integer':
      return node.kind === 'number' && Number.isInteger(node.value);
    case 'boolean':
      return node.kind === 'word' && node.value !== null;
    case 'null':
      return node.kind === 'word' && node.value === null;
    default:
      return node.kind === type;
  }
}

function nameOf(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    default:
      return JSON.stringify(node.value).slice(0, 60);
  }
}

import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { YamlNumber } from './YamlNumber.ts';
import type { YamlValue } from './yaml-value.ts';

const mostValues = 200_000;

/** Something that YAML allows and manifests do not have. */
export class YamlProblem extends Error {
  /** Where in the text, in UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Turns the nodes of one document into values. Aliases count with all that they stand for, so that few cannot stand for millions. */
export class YamlConverter {
  readonly #anchors = new Map<string, { readonly value: YamlValue; readonly size: number }>();
  #valueCount = 0;

  /** Throws a `YamlProblem`. */
  convert(node: unknown): YamlValue {
    const offset = getOffset(node);
    this.#count(1, offset);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (!target)
        throw new YamlProblem(`the alias *${node.source} has no finished anchor before it`, offset);
      this.#count(target.size, offset);
      return target.value;
    }
    const before = this.#valueCount;
    const value = this.#convertContent(node);
    const anchor = isScalar(node) || isSeq(node) || isMap(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, { value, size: this.#valueCount - before });
    return value;
  }

  #convertContent(node: unknown): YamlValue {
    if (isSeq(node)) return node.items.map((item) => this.convert(item));
    if (isMap(node)) return this.#convertMap(node);
    return isScalar(node) ? toScalar(node.value) : null;
  }

  #convertMap(map: YAMLMap): YamlValue {
    const members = new Map<string, YamlValue>();
    for (const { key, value } of map.items) {
      const name = toName({ key });
      if (name === null) {
        throw new YamlProblem('a key has to be a text', getOffset(key) || getOffset(map));
      }
      if (name === '<<') {
        throw new YamlProblem('merge keys (<<) are not read: write out what they stand for', getOffset(key));
      }
      if (members.has(name)) throw new YamlProblem(`the key "${name}" is there twice`, getOffset(key));
      members.set(name, this.convert(value));
    }
    return Object.fromEntries(members);
  }

  #count(values: number, offset: number): void {
    this.#valueCount += values;
    if (this.#valueCount > mostValues) {
      throw new YamlProblem(
        `it holds more than ${mostValues} values, with what its aliases stand for`,
        offset,
      );
    }
  }
}

function toName({ key }: Pick<Pair, 'key'>): string | null {
  if (!isScalar(key)) return null;
  const value = toScalar(key.value);
  if (value instanceof YamlNumber) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

function toScalar(value: unknown): null | boolean | string | YamlNumber {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' || value instanceof YamlNumber ? value : String(value);
}

function getOffset(node: unknown): number {
  const isPlaced = isScalar(node) || isSeq(node) || isMap(node) || isAlias(node);
  return (isPlaced ? node.range?.[0] : undefined) ?? 0;
}

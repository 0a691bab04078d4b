/** A value of a JSON text, and where it stands; `end` is behind it. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly properties: readonly JsonProperty[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly value: boolean | null }
);

export interface JsonProperty {
  readonly name: string;
  readonly start: number;
  /** Behind the name. */
  readonly end: number;
  /** Null where it is missing. */
  readonly value: JsonNode | null;
}

const deepest = 200;

const numberShape = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const stringShape = /"(?:[^"\\\n\r]|\\.)*("?)/y;
const wordShape = /[^\s,:[\]{}"]+/y;

/** The values of a JSON text as far as they can be made out: commas and ends may be missing. Null where there is none. */
export function parseJsonTree(text: string): JsonNode | null {
  return new TreeReader(text).readValue(0);
}

class TreeReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(depth: number): JsonNode | null {
    this.#skip(/[\s,:]*/y);
    const start = this.#at;
    if (depth > deepest) return null;
    switch (this.#text.charAt(start)) {
      case '{':
        return this.#readObject(start, depth);
      case '[':
        return this.#readArray(start, depth);
      case '"':
        return { kind: 'string', value: this.#readString(), start, end: this.#at };
      case '}':
      case ']':
      case '':
        return null;
      default:
        return this.#readPlain(start);
    }
  }

  #readObject(start: number, depth: number): JsonNode {
    const properties: JsonProperty[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(/[\s,:]*/y);
      const next = this.#text.charAt(this.#at);
      if (next === '}') this.#at += 1;
      if (next === '}' || next === ']' || next === '') break;
      const place = this.#at;
      if (next !== '"') {
        // No name: what stands there is passed over.
        this.readValue(depth + 1);
        if (this.#at === place) this.#at += 1;
        continue;
      }
      const name = this.#readString();
      const end = this.#at;
      this.#skip(/\s*/y);
      const hasValue = this.#text.charAt(this.#at) === ':';
      // What comes in the next line is the next property, where the value of this one is missing.
      const isMissing =
        !hasValue || /^:[^\S\n]*(?:\n\s*"[^"\n]*"\s*:|[,}])/.test(this.#text.slice(this.#at, this.#at + 300));
      const value = isMissing ? null : this.readValue(depth + 1);
      properties.push({ name, start: place, end, value });
    }
    return { kind: 'object', properties, start, end: this.#at };
  }

  #readArray(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at += 1;
    for (;;) {
      const item = this.readValue(depth + 1);
      if (!item) break;
      items.push(item);
    }
    if (this.#text.charAt(this.#at) === ']') this.#at += 1;
    return { kind: 'array', items, start, end: this.#at };
  }

  #readString(): string {
    const [whole = '', close = ''] = this.#take(stringShape);
    try {
      const value: unknown = JSON.parse(close === '' ? `${whole}"` : whole);
      return String(value);
    } catch {
      return whole.slice(1);
    }
  }

  #readPlain(start: number): JsonNode {
    const [number] = this.#take(numberShape);
    if (number !== undefined) return { kind: 'number', value: Number(number), start, end: this.#at };
    const [word = ''] = this.#take(wordShape);
    const end = this.#at;
    if (word === 'true' || word === 'false') return { kind: 'word', value: word === 'true', start, end };
    return word === 'null'
      ? { kind: 'word', value: null, start, end }
      : { kind: 'string', value: word, start, end };
  }

  #skip(shape: RegExp): void {
    this.#take(shape);
  }

  #take(shape: RegExp): readonly string[] {
    shape.lastIndex = this.#at;
    const match = shape.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match ?? [];
  }
}

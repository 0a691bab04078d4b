import { endOfString, noNode, type JsonIndex } from './JsonIndex.ts';
import { NodeColumns } from './NodeColumns.ts';

/** JSON, and what Python writes beside it. */
const scalar = /true|false|null|NaN|-?(?:Infinity|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const space = /[ \t\n\r]*/y;
/** Tokens between two looks at the clock. */
const tokensAtOnce = 512;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end' | 'end-of-text' | 'nothing';

const expectedWords: Record<Expected, string> = {
  value: 'a value',
  'value-or-end': 'a value or “]”',
  key: 'a name in quotes',
  'key-or-end': 'a name in quotes or “}”',
  'comma-or-end': 'a comma or the closing bracket',
  'end-of-text': 'the end of the text',
  nothing: 'nothing',
};

/** Finds the values of a JSON text, in as many steps as one likes. Throws an Error that says where it is none. */
export class JsonIndexer {
  readonly #text: string;
  readonly #nodes = new NodeColumns();
  #position = 0;
  #expected: Expected = 'value';
  #parent = noNode;
  #keyStart = -1;

  constructor(text: string) {
    this.#text = text;
    // A mark of the byte order is no part of it.
    if (text.startsWith('\ufeff')) this.#position = 1;
  }

  /** Works until `isTimeUp`; returns whether all is found. */
  step(isTimeUp: () => boolean): boolean {
    do {
      for (let token = 0; token < tokensAtOnce; token++) {
        if (this.#expected === 'nothing') return true;
        this.#readToken();
      }
    } while (!isTimeUp());
    return false;
  }

  /** What was found. */
  get index(): JsonIndex {
    return this.#nodes.toIndex(this.#text);
  }

  #readToken(): void {
    this.#skipSpace();
    const sign = this.#text.charAt(this.#position);
    switch (this.#expected) {
      case 'value':
        this.#readValue(sign);
        return;
      case 'value-or-end':
        if (sign === ']') this.#close();
        else this.#readValue(sign);
        return;
      case 'key-or-end':
        if (sign === '}') this.#close();
        else this.#readKey(sign);
        return;
      case 'key':
        this.#readKey(sign);
        return;
      case 'comma-or-end':
        this.#readAfterValue(sign);
        return;
      case 'end-of-text':
        if (this.#position < this.#text.length) this.#refuse();
        this.#expected = 'nothing';
        return;
      case 'nothing':
        return;
    }
  }

  #readValue(sign: string): void {
    const start = this.#position;
    if (sign === '{' || sign === '[') {
      this.#parent = this.#nodes.add(start, this.#keyStart, this.#parent);
      this.#keyStart = -1;
      this.#position = start + 1;
      this.#expected = sign === '{' ? 'key-or-end' : 'value-or-end';
      return;
    }
    const end = sign === '"' ? this.#endOfString() : this.#endOfScalar();
    const node = this.#nodes.add(start, this.#keyStart, this.#parent);
    this.#keyStart = -1;
    this.#nodes.end(node, end);
    this.#position = end;
    this.#expectAfterValue();
  }

  #readKey(sign: string): void {
    if (sign !== '"') this.#refuse();
    this.#keyStart = this.#position;
    this.#position = this.#endOfString();
    this.#skipSpace();
    if (this.#text.charAt(this.#position) !== ':') this.#refuse('a colon');
    this.#position += 1;
    this.#expected = 'value';
  }

  #readAfterValue(sign: string): void {
    const isObject = this.#text.charAt(this.#nodes.columns.starts[this.#parent] ?? 0) === '{';
    if (sign === (isObject ? '}' : ']')) {
      this.#close();
      return;
    }
    if (sign !== ',') this.#refuse();
    this.#position += 1;
    this.#expected = isObject ? 'key' : 'value';
  }

  #close(): void {
    this.#position += 1;
    this.#nodes.end(this.#parent, this.#position);
    this.#parent = this.#nodes.columns.parents[this.#parent] ?? noNode;
    this.#expectAfterValue();
  }

  #expectAfterValue(): void {
    this.#expected = this.#parent === noNode ? 'end-of-text' : 'comma-or-end';
  }

  #endOfString(): number {
    const end = endOfString(this.#text, this.#position);
    if (end >= 0) return end;
    this.#position = this.#text.length;
    return this.#refuse('the closing quote of a string');
  }

  #endOfScalar(): number {
    scalar.lastIndex = this.#position;
    return scalar.test(this.#text) ? scalar.lastIndex : this.#refuse();
  }

  #skipSpace(): void {
    space.lastIndex = this.#position;
    space.test(this.#text);
    this.#position = space.lastIndex;
  }

  #refuse(expected = expectedWords[this.#expected]): never {
    const before = this.#text.slice(0, this.#position);
    const line = before.split('\n').length;
    const column = this.#position - before.lastIndexOf('\n');
    const found = String.fromCodePoint(this.#text.codePointAt(this.#position) ?? 32);
    const got = this.#position < this.#text.length ? `found “${found}”` : 'the text ends there';
    throw new Error(`line ${line}, column ${column}: expected ${expected}, ${got}`);
  }
}

/** Where a text stops being JSON, and why. Line and column count from 1, columns in UTF-16 code units. */
export interface JsonSyntaxProblem {
  readonly line: number;
  readonly column: number;
  /** A sentence. */
  readonly message: string;
}

/** Deeper ones are not looked into. */
const deepest = 400;

const numberShape = /-?(?:Infinity|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const wordShape = /[^\s,:[\]{}"']+/y;
const escapeShape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const pythonWords: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
const words = ['true', 'false', 'null', 'NaN', 'Infinity'];

/** The first mistake in a JSON text as Python writes it, with NaN and Infinity; null where there is none. */
export function findJsonSyntaxProblem(text: string): JsonSyntaxProblem | null {
  const reader = new JsonReader(text);
  try {
    reader.readWhole();
    return null;
  } catch (error) {
    if (error instanceof Mistake) return { ...toPlace(text, error.position), message: error.message };
    throw error;
  }
}

function toPlace(text: string, position: number): { line: number; column: number } {
  const lines = text.slice(0, position).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

class Mistake extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readWhole(): void {
    this.#readValue(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('There is more after the end of the value.');
  }

  #readValue(depth: number): void {
    this.#skipSpace();
    if (depth > deepest) this.#fail(`Values lie more than ${String(deepest)} levels deep here.`);
    switch (this.#text[this.#at]) {
      case undefined:
        return this.#fail('A value is missing at the end.');
      case '{':
        return this.#readMembers('}', () => {
          if (this.#text[this.#at] !== '"') this.#fail('The name of a member stands in double quotes.');
          this.#readString();
          this.#skipSpace();
          if (this.#text[this.#at] !== ':') this.#fail('A colon is missing after the name.');
          this.#at += 1;
          this.#readValue(depth + 1);
        });
      case '[':
        return this.#readMembers(']', () => {
          this.#readValue(depth + 1);
        });
      case '"':
        return this.#readString();
      default:
        return this.#readWord();
    }
  }

  #readMembers(end: string, readOne: () => void): void {
    const start = this.#at;
    this.#at += 1;
    this.#skipSpace();
    if (this.#take(end)) return;
    for (;;) {
      readOne();
      this.#skipSpace();
      if (this.#take(end)) return;
      const comma = this.#at;
      if (this.#at >= this.#text.length) this.#fail(`It is not closed: a ${end} is missing.`, start);
      if (!this.#take(',')) this.#fail(`A comma or ${end} is missing.`);
      this.#skipSpace();
      if (this.#text[this.#at] === end) this.#fail(`No comma stands before ${end}.`, comma);
    }
  }

  #readString(): void {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return this.#fail('The text is not closed: a quote is missing.', start);
      if (this.#take('"')) return;
      if (character === '\n' || character === '\r')
        this.#fail('A text ends in its line. A line break in it is written \\n.');
      if (character < ' ')
        this.#fail('A tab in a text is written \\t, and other such characters \\u and four digits.');
      if (character !== '\\') this.#at += 1;
      else if (this.#match(escapeShape) === null)
        this.#fail('After a backslash stands one of " \\ / b f n r t, or u and four digits.');
    }
  }

  #readWord(): void {
    const start = this.#at;
    if (this.#text[start] === "'") this.#fail('A text stands in double quotes, not in single ones.');
    const word = this.#match(wordShape);
    if (word === null) return this.#fail('A value is missing here.');
    if (words.includes(word) || isNumber(word)) return;
    const meant = pythonWords[word];
    if (meant !== undefined) this.#fail(`JSON writes ${word} as ${meant}.`, start);
    if (/^[-+.\d]/.test(word)) this.#fail(`${shorten(word)} is no number as JSON writes them.`, start);
    this.#fail(`${shorten(word)} is no value. A text stands in double quotes.`, start);
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(shape: RegExp): string | null {
    shape.lastIndex = this.#at;
    const [found] = shape.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found ?? null;
  }

  #fail(message: string, position = this.#at): never {
    throw new Mistake(position, message);
  }
}

function isNumber(word: string): boolean {
  numberShape.lastIndex = 0;
  return numberShape.exec(word)?.[0] === word;
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

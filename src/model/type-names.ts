const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

/** A type of JSON Schema in words that go into a sentence. */
export function nameType(type: string): string {
  return typeNames.get(type) ?? type;
}

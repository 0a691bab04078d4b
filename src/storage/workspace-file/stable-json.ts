/**
 * Under this key lies what a person wrote in an order of their own: there names stay as they come. What a schema is, is
 * said by `JsonSchema`.
 */
const writtenByHand = 'schema';

/** JSON that is the same for equal values, and of which a line changes where a value does: names sorted, two spaces, a newline. */
export function writeStableJson(value: unknown): string {
  return `${JSON.stringify(sortNames(value), leaveOut, 2)}\n`;
}

/** The same in as few characters as it has. */
export function writeCompactJson(value: unknown): string {
  return JSON.stringify(sortNames(value), leaveOut);
}

/** Stable JSON of a list, one item after the other: a long one is never whole in memory as a text. */
export function* writeStableList(values: readonly unknown[]): Generator<string> {
  if (values.length === 0) {
    yield '[]\n';
    return;
  }
  for (const [index, value] of values.entries()) {
    const text = JSON.stringify(sortNames(value), leaveOut, 2).replaceAll('\n', '\n  ');
    yield `${index === 0 ? '[' : ','}\n  ${text}`;
  }
  yield '\n]\n';
}

/** A name that readers refuse, and that nothing but a schema could have. */
function leaveOut(name: string, value: unknown): unknown {
  return name === '__proto__' ? undefined : value;
}

function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    name === writtenByHand ? member : sortNames(member),
  ]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

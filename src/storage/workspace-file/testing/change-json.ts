/** The value with one of its parts replaced, counted in the order in which they come. */
export function replaceAt(value: unknown, at: number, by: unknown): unknown {
  const places = listPlaces(value);
  const place = places[at % places.length] ?? [];
  return replacePlace(value, place, by);
}

function listPlaces(value: unknown, before: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [before];
  return [
    before,
    ...Object.entries(value).flatMap(([name, member]) => listPlaces(member, [...before, name])),
  ];
}

function replacePlace(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value).map(([each, member]: [string, unknown]): [string, unknown] => [
    each,
    each === name ? replacePlace(member, rest, by) : member,
  ]);
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

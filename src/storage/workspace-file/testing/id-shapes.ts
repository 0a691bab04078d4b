const idName = /(?:^i|I)ds?$|Schema$/;

/** Every text in a field that names something by its id, and every text of a list of those. */
export function listIds(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return idName.test(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((member) => listIds(member, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([each, member]) => listIds(member, each));
}

/**
 * The same value with one text in the place of each id, and of each name, which may be an id; lists in one order, and without
 * fields of the dropped names.
 */
export function shapeOf(value: unknown, dropped: readonly string[] = [], name = ''): unknown {
  if (typeof value === 'string') return idName.test(name) || name === 'name' ? 'an id' : value;
  if (Array.isArray(value)) {
    const members = value.map((member) => JSON.stringify(shapeOf(member, dropped, name)));
    return members.sort();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([each, member]: [string, unknown]) =>
      dropped.includes(each) ? [] : [[each, shapeOf(member, dropped, each)]],
    ),
  );
}

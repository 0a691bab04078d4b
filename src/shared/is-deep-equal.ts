/** Whether two values of JSON are the same, in whatever order their names come; a name that holds nothing is not there. */
export function isDeepEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => isDeepEqual(item, other[index]));
  }
  const members = new Map(listMembers(one));
  const others = listMembers(other);
  return (
    members.size === others.length && others.every(([name, value]) => isDeepEqual(members.get(name), value))
  );
}

function listMembers(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

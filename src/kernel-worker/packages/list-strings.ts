/** The texts that `loadPackage` was given: one, a list, or a list of Python. */
export function listStrings(names: unknown): string[] {
  if (typeof names === 'string') return [names];
  if (Array.isArray(names)) return names.map(String);
  const toJs: unknown = typeof names === 'object' && names !== null ? Reflect.get(names, 'toJs') : null;
  return typeof toJs === 'function' ? listStrings(Reflect.apply(toJs, names, [])) : [];
}

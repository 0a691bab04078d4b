/** The set there was where the new one has the same members: what compares by identity sees no change then. */
export function keepIfEqual<T>(before: ReadonlySet<T>, after: ReadonlySet<T>): ReadonlySet<T> {
  return before.size === after.size && [...after].every((member) => before.has(member)) ? before : after;
}

/** Removes a name from an object and from the prototypes it stands on; false where a browser does not let it go. */
export function removeEverywhere(start: object, name: string): boolean {
  for (let holder: object | null = start; holder; holder = toObject(Object.getPrototypeOf(holder))) {
    if (Object.hasOwn(holder, name)) Reflect.deleteProperty(holder, name);
  }
  return !(name in start);
}

function toObject(value: unknown): object | null {
  return typeof value === 'object' ? value : null;
}

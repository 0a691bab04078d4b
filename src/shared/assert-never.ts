/** Closes a switch over a tagged union: a variant that is not handled is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled variant: ${JSON.stringify(value)}`);
}

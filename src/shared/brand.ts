declare const brand: unique symbol;

/** A string that the compiler keeps apart from other strings, so that ids cannot be mixed up. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The one place that turns a plain string into a branded one. */
export function createIdKind<Id extends string>(): {
  create: () => Id;
  from: (text: string) => Id;
} {
  return {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- branding is a cast by nature
    create: () => crypto.randomUUID() as string as Id,
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- branding is a cast by nature
    from: (text) => text as Id,
  };
}

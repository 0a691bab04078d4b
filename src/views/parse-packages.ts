import * as v from 'valibot';
import { parseValue } from '../shared/parse-value.ts';
import type { Result } from '../shared/result.ts';

/** A package of the distribution that a cell can import. */
export interface ImportablePackage {
  readonly name: string;
  readonly version: string;
  /** The modules it brings. */
  readonly imports: readonly string[];
  /** Whether this site serves it; else it comes from the distribution's CDN. */
  readonly isServed: boolean;
}

const packages: v.GenericSchema<unknown, ImportablePackage[]> = v.array(
  v.object({
    name: v.string(),
    version: v.string(),
    imports: v.array(v.string()),
    isServed: v.boolean(),
  }),
);

/** Checks the list of packages that was built into the site. */
export function parsePackages(value: unknown): Result<readonly ImportablePackage[], string> {
  return parseValue(packages, value);
}

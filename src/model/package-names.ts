/** A package's name as indexes compare it: lower case, with one hyphen for each run of hyphens, dots and underscores. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

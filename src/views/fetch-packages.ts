import { parsePackages, type ImportablePackage } from './parse-packages.ts';

/** Fetches the list of packages that came with this site. Rejects with a sentence for the reader. */
export async function fetchPackages(url: string): Promise<readonly ImportablePackage[]> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The list could not be fetched: the site answered with ${response.status}.`);
  const parsed = parsePackages(await response.json());
  if (!parsed.isOk) throw new Error(`The list that came with this site cannot be read (${parsed.problem}).`);
  return parsed.value;
}

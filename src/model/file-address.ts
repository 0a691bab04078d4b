/** What a file is called that is fetched from an address: the last part of the path, else the host. */
export function nameOfAddress(url: URL): string {
  return decodeName(url.pathname.split('/').at(-1) ?? '') || url.hostname;
}

/** The last part of an address as a name; as it stands where it is not encoded as it should be. */
function decodeName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

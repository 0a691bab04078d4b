/** A name for a file: the text without what file systems refuse, and with the ending, such as `.txt`. */
export function createFileName(text: string, ending: string): string {
  const safe = text.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').slice(0, 100);
  return safe.toLowerCase().endsWith(ending) ? safe : safe + ending;
}

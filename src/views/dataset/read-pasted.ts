/** Longest text that is taken for a table when it is pasted. */
const longestText = 200_000_000;

/** What was pasted as a file: a file, or a text with several fields or rows; null for anything else. */
export function readPasted(clipboard: DataTransfer | null): File | null {
  const [file] = clipboard?.files ?? [];
  if (file) return file;
  const text = clipboard?.getData('text/plain') ?? '';
  if (text.length > longestText || !/[\t\n,;]/.test(text.trim())) return null;
  const isJson = /^\s*[[{]/.test(text);
  const name = isJson ? 'pasted.json' : text.includes('\t') ? 'pasted.tsv' : 'pasted.csv';
  return new File([text], name, { type: 'text/plain' });
}

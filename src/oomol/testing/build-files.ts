import type { FileMap } from '../manifests/read-manifest.ts';

/** Files for tests, from their texts; leading line ends and the indent of the first line are dropped. */
export function buildFiles(texts: Readonly<Record<string, string>>): FileMap {
  return new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(dedent(text))]));
}

/** The text of imported files by their paths. */
export function readFiles(
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
}

function dedent(text: string): string {
  const body = text.replace(/^\n/, '').replace(/\n[ \t]*$/, '\n');
  const indent = /^[ \t]*/.exec(body)?.[0] ?? '';
  return body
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

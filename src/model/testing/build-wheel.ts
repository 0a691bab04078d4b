import { strToU8, zipSync } from 'fflate';

/** A wheel for tests: a module `name` with this source, and more files and lines of metadata where given. */
export function buildWheel(
  name: string,
  version: string,
  source: string,
  more: { readonly metadata?: string; readonly files?: Readonly<Record<string, string>> } = {},
): Uint8Array<ArrayBuffer> {
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}/__init__.py`]: source,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${more.metadata ?? ''}\nText: none\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
    ...more.files,
  };
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries), { mtime: new Date(2025, 0, 1) }));
}

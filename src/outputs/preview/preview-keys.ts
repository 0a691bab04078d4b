import type { Preview } from '../../model/preview.ts';

export interface KeyedPreview {
  /** The same for a preview and the one that takes its place. */
  readonly key: string;
  readonly preview: Preview;
}

/** Keys by id, else by position. Should two have one id, the later one goes by its position. */
export function keyPreviews(previews: readonly Preview[]): KeyedPreview[] {
  const ids = new Set<string>();
  return previews.map((preview, index) => {
    const { id } = preview;
    if (id === null || ids.has(id)) return { key: `at ${index}`, preview };
    ids.add(id);
    return { key: `id ${id}`, preview };
  });
}

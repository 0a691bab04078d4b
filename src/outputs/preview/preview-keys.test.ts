import { expect, it } from 'vitest';
import type { Preview } from '../../model/preview.ts';
import { keyPreviews } from './preview-keys.ts';

function preview(id: string | null, url: string): Preview {
  return { id, time: 0, content: { type: 'iframe', url } };
}

it('a preview and the one that takes its place have one key, and no two others', () => {
  const keysOf = (...previews: Preview[]) => keyPreviews(previews).map(({ key }) => key);
  expect(keysOf(preview('a', '1'), preview(null, '2'), preview('at 1', '3'))).toEqual(
    keysOf(preview('a', 'other'), preview(null, '2'), preview('at 1', '3'), preview(null, '4')).slice(0, 3),
  );
  const keys = keysOf(preview('a', '1'), preview('a', '2'), preview(null, '3'), preview('at 1', '4'));
  expect(new Set(keys).size).toBe(4);
});

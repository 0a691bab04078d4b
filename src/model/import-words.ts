import { formatCount } from '../shared/format-count.ts';
import type { ImportedKind } from './workspace-import.ts';

/** One and many of something. */
export type Names = readonly [one: string, many: string];

export const importedKindNames: Readonly<Record<ImportedKind, Names>> = {
  notebook: ['notebook', 'notebooks'],
  schema: ['data schema', 'data schemas'],
  model: ['model', 'models'],
  'model-group': ['model group', 'model groups'],
  profile: ['profile', 'profiles'],
  'production-line': ['production line', 'production lines'],
  schedule: ['schedule', 'schedules'],
};

/** In the order in which they are told of. */
export const toldKinds: readonly ImportedKind[] = [
  'notebook',
  'model',
  'model-group',
  'schema',
  'production-line',
  'schedule',
  'profile',
];

/** "3 notebooks", "1 model". */
export function countWords(amount: number, [one, many]: Names): string {
  return `${formatCount(amount)} ${amount === 1 ? one : many}`;
}

/** Several things as one text: "a, b and c". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

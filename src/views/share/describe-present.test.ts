import { expect, it } from 'vitest';
import { NotebookId } from '../../model/ids.ts';
import type { PresentLinked } from '../../session/find-linked.ts';
import { describePresent } from './describe-present.ts';

it.each<[PresentLinked['kind'], boolean | null, boolean, string]>([
  ['copy', false, false, 'You have this notebook already, as it came: “Sums”.'],
  ['copy', true, false, 'You have this notebook already, and have changed it since: “Sums”.'],
  ['copy', null, true, 'You have this notebook already: “Sums”. It is in the trash.'],
  ['version', false, false, 'You have another version of this notebook, as it came: “Sums”.'],
  [
    'version',
    true,
    false,
    'You have another version of this notebook, which you have changed since: “Sums”.',
  ],
  ['own', false, false, 'This link was made of “Sums”, which you have here and which holds the same.'],
  [
    'own',
    true,
    true,
    'This link was made of “Sums”, which you have here and which has other content. It is in the trash.',
  ],
])(
  'of a notebook that is %s, changed: %s, in the trash: %s, it is said',
  (kind, isChanged, isInTrash, text) => {
    const notebookId = NotebookId.from('sums');
    expect(describePresent({ notebookId, title: 'Sums', kind, isChanged, isInTrash })).toBe(text);
  },
);

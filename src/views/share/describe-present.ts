import type { PresentLinked } from '../../session/find-linked.ts';
import { assertNever } from '../../shared/assert-never.ts';

/** Whether what is here has other content than the link, so that both can be compared. */
export function isComparable({ kind, isChanged }: PresentLinked): boolean {
  return kind === 'version' || (kind === 'own' && isChanged === true);
}

/** What is here already of the notebook that a link holds, in sentences. */
export function describePresent({ kind, title, isChanged, isInTrash }: PresentLinked): string {
  const where = isInTrash ? ' It is in the trash.' : '';
  switch (kind) {
    case 'own': {
      const how = isChanged === false ? 'holds the same' : 'has other content';
      return `This link was made of “${title}”, which you have here and which ${how}.${where}`;
    }
    case 'copy':
      return `You have this notebook already${describeChange(isChanged, 'and have changed it since')}: “${title}”.${where}`;
    case 'version':
      return `You have another version of this notebook${describeChange(isChanged, 'which you have changed since')}: “${title}”.${where}`;
    default:
      return assertNever(kind);
  }
}

function describeChange(isChanged: boolean | null, words: string): string {
  if (isChanged === null) return '';
  return isChanged ? `, ${words}` : ', as it came';
}

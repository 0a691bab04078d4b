import type { InputValue } from '../../model/handles.ts';

/** Characters that a secret needs to be hidden within texts; `secrets_mask.py` has the same. */
const shortestInTexts = 4;

const shortSecretHint =
  'A secret this short cannot be hidden in texts: the log and the outputs may show it. Use four characters or more.';

const shortTextHint =
  'This secret is JSON with texts in it that are too short to be hidden: the log and the outputs may show them. Numbers are not hidden either.';

/** What the log and the outputs may show of a secret, as a hint; empty where they show nothing. */
export function describeShortSecret(value: InputValue | null): string {
  if (value?.kind !== 'secret') return '';
  if (isShort(value.text)) return shortSecretHint;
  return listLeaves(value.text).some((leaf) => typeof leaf === 'number' || isShort(String(leaf)))
    ? shortTextHint
    : '';
}

function isShort(text: string): boolean {
  return Array.from(text).length < shortestInTexts;
}

/** The texts and numbers in a secret that is an object or a list as JSON; none where it is something else. */
function listLeaves(text: string): (string | number)[] {
  if (!/^\s*[[{]/u.test(text)) return [];
  const leaves: (string | number)[] = [];
  try {
    JSON.parse(text, (_name, value: unknown) => {
      if (typeof value === 'number' || (typeof value === 'string' && value !== '')) leaves.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return leaves;
}

import type { InputValue } from '../../model/handles.ts';

/** Characters that a secret needs to be hidden within texts; `secrets_mask.py` has the same. */
const shortestInTexts = 4;

export const shortSecretHint =
  'A secret this short cannot be hidden in texts: the log and the outputs may show it. Use four characters or more.';

export function isShortSecret(value: InputValue | null): boolean {
  return value?.kind === 'secret' && Array.from(value.text).length < shortestInTexts;
}

import * as v from 'valibot';
import type { SigningKey } from '../identity/signing-key.ts';
import type { Profile } from '../model/profile.ts';
import { profileId, time, workspaceId } from './parse-basics.ts';

/** What stands in the `profiles` store. */
export const profile: v.GenericSchema<unknown, Profile> = v.object({
  id: profileId,
  workspaceId,
  username: v.string(),
  displayName: v.string(),
  createdAt: time,
  changedAt: time,
});

/** What stands in the `signingKeys` store: keys of the browser, which nobody but it can read. */
export const signingKey: v.GenericSchema<unknown, SigningKey> = v.object({
  privateKey: v.pipe(
    v.instance(CryptoKey),
    v.check((key) => isOfCurve(key) && key.usages.includes('sign'), 'a key that signs by P-256'),
    v.check(({ extractable }) => !extractable, 'a key that cannot be taken out'),
  ),
  publicKey: v.pipe(
    v.instance(CryptoKey),
    v.check((key) => isOfCurve(key) && key.usages.includes('verify'), 'a key that checks by P-256'),
  ),
});

function isOfCurve({ algorithm }: CryptoKey): boolean {
  return algorithm.name === 'ECDSA' && 'namedCurve' in algorithm && algorithm.namedCurve === 'P-256';
}

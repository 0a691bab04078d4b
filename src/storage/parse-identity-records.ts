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
  privateKey: v.instance(CryptoKey),
  publicKey: v.instance(CryptoKey),
});

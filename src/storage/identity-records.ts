import type { SigningKey } from '../identity/signing-key.ts';
import type { WorkspaceId } from '../model/ids.ts';
import { sortProfiles, type Profile, type ProfileChange } from '../model/profile.ts';
import type { WriteTransaction } from './job-records.ts';
import { parseProfile, parseSigningKey } from './parse-records.ts';
import { formerNameSetting } from './schema.ts';
import { sortFound } from './sort-found.ts';
import type { Found } from './Storage.ts';
import { isOfWorkspace } from './workspace-list.ts';

/** What of the records can be understood, oldest first. */
export function findProfiles(records: readonly unknown[]): Found<Profile> {
  const { values, problems } = sortFound(records, parseProfile, 'profile');
  return { values: sortProfiles(values), problems };
}

/** The profiles of a workspace that are stored, or of all for null, among them the first, which is made where there is none. */
export async function openProfileRecords(
  transaction: WriteTransaction,
  createFirst: (formerName: unknown) => Profile,
  of: WorkspaceId | null,
): Promise<Found<Profile>> {
  const profiles = transaction.objectStore('profiles');
  const settings = transaction.objectStore('settings');
  const found = findProfiles((await profiles.getAll()).filter((record) => isOfWorkspace(record, of)));
  if (found.values.length > 0) return found;
  const first = createFirst((await settings.get(formerNameSetting))?.value);
  await profiles.put(first);
  // From here on the profile says it.
  await settings.delete(formerNameSetting);
  return { ...found, values: [first] };
}

export async function writeProfile(transaction: WriteTransaction, change: ProfileChange): Promise<void> {
  const profiles = transaction.objectStore('profiles');
  if (change.type === 'put') await profiles.put(change.profile);
  else await profiles.delete(change.profileId);
}

/** The key that a workspace keeps: that which is there, else this one. Two tabs that ask at once get the same. */
export async function keepSigningKey(
  transaction: WriteTransaction,
  workspaceId: WorkspaceId,
  created: SigningKey,
): Promise<SigningKey> {
  const store = transaction.objectStore('signingKeys');
  const kept = parseSigningKey(await store.get(workspaceId));
  if (kept.isOk) return kept.value;
  await store.put({ workspaceId, ...created });
  return created;
}

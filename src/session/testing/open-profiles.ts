import { WorkspaceId } from '../../model/ids.ts';
import type { Profile } from '../../model/profile.ts';
import { buildProfile } from '../../model/testing/builders.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import { Notices } from '../Notices.svelte.ts';
import { Profiles } from '../Profiles.svelte.ts';
import { TestTabs } from './time.ts';

export interface OpenProfiles {
  readonly profiles: Profiles;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
}

export const [ada, grace]: readonly [Profile, Profile] = [
  { ...buildProfile('ada'), displayName: 'Ada', createdAt: 1 },
  { ...buildProfile('grace'), displayName: 'Grace', createdAt: 2 },
];

/** The profiles of a workspace for tests: Ada, who is active, and Grace. */
export async function openProfiles(
  storage = new MemoryStorage(),
  tabs = new TestTabs().add('tab'),
): Promise<OpenProfiles> {
  const notices = new Notices();
  await storage.openProfiles(() => ada);
  await storage.changeProfiles(() => ({ isOk: true, value: { type: 'put', profile: grace } }));
  const profiles = await Profiles.open(
    { storage, notices, tabs, listSchedules: () => [] },
    WorkspaceId.from('workspace'),
    ada.id,
  );
  return { profiles, storage, notices };
}

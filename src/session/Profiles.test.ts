import { afterEach, describe, expect, it, vi } from 'vitest';
import { SessionId, WorkspaceId } from '../model/ids.ts';
import { fail, succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { Notices } from './Notices.svelte.ts';
import { Profiles } from './Profiles.svelte.ts';
import type { RunAs } from './run-as.ts';
import { ada, grace, openProfiles } from './testing/open-profiles.ts';
import { TestTabs } from './testing/time.ts';

const workspaceId = WorkspaceId.from('workspace');
const content = { username: 'joan', displayName: 'Joan' };

function authorize(profiles: Profiles, runAs: RunAs) {
  return profiles.createAuthorization({ runAs, sessionId: SessionId.from('s'), timeoutSeconds: 300 });
}

async function createToken(profiles: Profiles, runAs: RunAs): Promise<string> {
  const made = await authorize(profiles, runAs);
  if (!made.isOk) throw new Error(made.problem);
  expect(made.value).toMatch(/^Bearer /);
  return made.value.slice('Bearer '.length);
}

async function reopen(storage: MemoryStorage, tabs = new TestTabs().add('tab')): Promise<Profiles> {
  const { activeProfile } = await storage.loadSettings();
  return await Profiles.open(
    { storage, notices: new Notices(), tabs, listSchedules: () => [] },
    workspaceId,
    activeProfile,
  );
}

function listNames({ profiles, active }: Profiles): string[] {
  return profiles.map(({ username }) => (username === active.username ? `${username}*` : username));
}

afterEach(() => {
  vi.useRealTimers();
});

describe('profiles in two tabs', () => {
  it('are the same, and so is which of them is active', async () => {
    const tabs = new TestTabs();
    const { profiles, storage } = await openProfiles(new MemoryStorage(), tabs.add('one'));
    const other = await reopen(storage, tabs.add('two'));
    await profiles.add(content);
    profiles.switchTo(grace.id);
    await vi.waitFor(() => {
      expect(listNames(other)).toEqual(['ada', 'grace*', 'joan']);
    });
    other.switchTo(ada.id);
    expect(await other.remove(grace.id)).toBeNull();
    await vi.waitFor(() => {
      expect(listNames(profiles)).toEqual(['ada*', 'joan']);
    });
  });
});

describe('profiles', () => {
  it('are added, changed and switched, and stay so', async () => {
    const { profiles, storage } = await openProfiles();
    expect(listNames(profiles)).toEqual(['ada*', 'grace']);
    expect(await profiles.add(content)).toBeNull();
    expect(await profiles.change(grace.id, { username: 'grace.hopper', displayName: 'G.' })).toBeNull();
    profiles.switchTo(grace.id);
    expect(listNames(profiles)).toEqual(['ada', 'grace.hopper*', 'joan']);
    expect(profiles.active.displayName).toBe('G.');
    expect(listNames(await reopen(storage))).toEqual(['ada', 'grace.hopper*', 'joan']);
  });

  it('have usernames of their own, also where another tab has just given one', async () => {
    const { profiles, storage } = await openProfiles();
    const taken = 'Another profile has the username “grace”. Give a different one.';
    expect(await profiles.add({ ...content, username: 'GRACE' })).toBe(taken);
    expect(await profiles.change(ada.id, { username: 'grace', displayName: 'Ada' })).toBe(taken);
    const otherTab = await reopen(storage);
    await otherTab.add(content);
    expect(await profiles.add(content)).toBe(
      'Another profile has the username “joan”. Give a different one.',
    );
    expect(listNames(profiles)).toEqual(['ada*', 'grace', 'joan']);
  });

  it('are deleted, and brought back', async () => {
    const { profiles, notices } = await openProfiles();
    expect(await profiles.remove(grace.id)).toBeNull();
    expect(listNames(profiles)).toEqual(['ada*']);
    await profiles.add({ ...content, username: 'grace' });
    expect(notices.list.map(({ text }) => text)).toEqual(['The profile “Grace” was deleted.']);
    notices.list[0]?.action?.run();
    await vi.waitFor(() => {
      expect(listNames(profiles)).toEqual(['ada*', 'grace2', 'grace']);
    });
    expect(profiles.find(grace.id)?.displayName).toBe('Grace');
  });

  it('are not deleted where one is active, or is the last', async () => {
    const { profiles, storage } = await openProfiles();
    expect(await profiles.remove(ada.id)).toBe('“Ada” is active. Switch to another profile first.');
    const otherTab = await reopen(storage);
    otherTab.switchTo(grace.id);
    expect(await otherTab.remove(ada.id)).toBeNull();
    expect(await profiles.remove(grace.id)).toBe('“Grace” is the last profile, which stays.');
    expect(listNames(profiles)).toEqual(['grace*']);
  });

  it('stay as they were where a change cannot be stored', async () => {
    const { profiles, storage } = await openProfiles();
    vi.spyOn(storage, 'changeProfiles').mockResolvedValue(fail({ kind: 'full', message: 'No room' }));
    expect(await profiles.add(content)).toBe(
      'The profile could not be stored (No room). It stays as it was.',
    );
    expect(listNames(profiles)).toEqual(['ada*', 'grace']);
  });
});

describe('the token of a job', () => {
  it('speaks for the profile that it runs as, whoever is active', async () => {
    const { profiles } = await openProfiles();
    const token = await createToken(profiles, { profile: grace, mode: 'schedule' });
    expect(await profiles.verify(token)).toEqual(succeed(grace));
  });

  it('is good in every tab, and for as long as its job may take, and a minute', async () => {
    const { profiles, storage } = await openProfiles();
    vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 });
    const token = await createToken(profiles, { profile: ada, mode: 'manual' });
    vi.setSystemTime(1_800_000_359_000);
    const otherTab = await reopen(storage);
    expect(await otherTab.verify(token)).toEqual(succeed(ada));
    vi.setSystemTime(1_800_000_360_000);
    expect((await otherTab.verify(token)).isOk).toBe(false);
  });

  it('tells what the profile is called now, though another tab has changed it', async () => {
    const { profiles, storage } = await openProfiles();
    const token = await createToken(profiles, { profile: ada, mode: 'manual' });
    await (await reopen(storage)).change(ada.id, { username: 'countess', displayName: 'Ada' });
    expect(await profiles.verify(token)).toMatchObject({ value: { id: ada.id, username: 'countess' } });
  });

  it('is not made for a profile that was deleted, nor good for it any more', async () => {
    const { profiles } = await openProfiles();
    const token = await createToken(profiles, { profile: grace, mode: 'manual' });
    await profiles.remove(grace.id);
    expect(await authorize(profiles, { profile: grace, mode: 'manual' })).toEqual(
      fail('The profile “Grace”, as which this was to run, was deleted. Run it as another one.'),
    );
    expect(await profiles.verify(token)).toEqual(fail('The profile that the token speaks for was deleted.'));
  });

  it('are made when the key can be read again that could not be once', async () => {
    const { profiles, storage } = await openProfiles();
    vi.spyOn(storage, 'openSigningKey').mockRejectedValueOnce(new Error('busy'));
    const runAs = { profile: ada, mode: 'manual' } as const;
    await expect(authorize(profiles, runAs)).rejects.toThrow('busy');
    expect((await authorize(profiles, runAs)).isOk).toBe(true);
  });

  it('is signed with a key of this tab where none can be kept', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { profiles, storage } = await openProfiles();
    vi.spyOn(storage, 'openSigningKey').mockResolvedValue(fail({ kind: 'failed', message: 'No.' }));
    const token = await createToken(profiles, { profile: ada, mode: 'manual' });
    expect(await profiles.verify(token)).toEqual(succeed(ada));
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });
});

import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { createClaims, toIssuer } from '../identity/claims.ts';
import { signToken, verifyToken } from '../identity/token.ts';
import { SessionId, WorkspaceId } from '../model/ids.ts';
import { createFirstProfile, type Profile } from '../model/profile.ts';
import { buildProfile } from '../model/testing/builders.ts';
import { fail, succeed } from '../shared/result.ts';
import { MemoryStorage } from './MemoryStorage.ts';
import type { Storage } from './Storage.ts';
import { closeDatabases, createName, openDatabase } from './testing/databases.ts';

const workspaceId = WorkspaceId.from('workspace');
const ada = { ...buildProfile('ada'), createdAt: 1 };
const grace = { ...buildProfile('grace'), createdAt: 2 };

const storages: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['the database', () => openDatabase()],
  ['the stand-in for a database', () => Promise.resolve(new MemoryStorage())],
];

afterEach(closeDatabases);

function refuseToCreate(): Profile {
  throw new Error('there is one already');
}

describe.each(storages)('profiles in %s', (_what, create) => {
  it('begin with one, and are changed by what is there', async () => {
    const storage = await create();
    expect(await storage.loadProfiles()).toEqual({ values: [], problems: [] });
    expect(await storage.openProfiles(() => ada)).toEqual({ values: [ada], problems: [] });
    expect(await storage.openProfiles(refuseToCreate)).toEqual({ values: [ada], problems: [] });
    const seen: (readonly Profile[])[] = [];
    const added = await storage.changeProfiles((profiles) => {
      seen.push(profiles);
      return succeed({ type: 'put', profile: grace });
    });
    expect([added, seen]).toEqual([succeed([ada, grace]), [[ada]]]);
    const renamed = { ...ada, displayName: 'Ada Lovelace' };
    await storage.changeProfiles(() => succeed({ type: 'put', profile: renamed }));
    expect(await storage.loadProfiles()).toEqual({ values: [renamed, grace], problems: [] });
    await storage.changeProfiles(() => succeed({ type: 'remove', profileId: ada.id }));
    expect(await storage.loadProfiles()).toEqual({ values: [grace], problems: [] });
  });

  it('stay as they are where the change is refused', async () => {
    const storage = await create();
    await storage.openProfiles(() => ada);
    expect(await storage.changeProfiles(() => fail('No.'))).toEqual(
      fail({ kind: 'refused', message: 'No.' }),
    );
    expect((await storage.loadProfiles()).values).toEqual([ada]);
  });

  it('have one key to sign with, which makes tokens that are known', async () => {
    const storage = await create();
    const [first, second] = await Promise.all([
      storage.openSigningKey(workspaceId),
      storage.openSigningKey(workspaceId),
    ]);
    if (!first.isOk || !second.isOk) throw new Error('there is no key');
    const subject = {
      profile: ada,
      sessionId: SessionId.from('s'),
      mode: 'manual',
      timeoutSeconds: 9,
    } as const;
    const token = await signToken(createClaims(subject, workspaceId, 0), first.value);
    const issuer = toIssuer(workspaceId);
    const check = { key: second.value, issuer, now: 0, findProfile: () => ada };
    expect(await verifyToken(token, check)).toEqual(succeed(ada));
  });
});

describe('the database', () => {
  it('makes one profile and one key for two tabs that ask at once', async () => {
    const name = createName();
    const tabs = [await openDatabase(name), await openDatabase(name)];
    const opened = await Promise.all(
      tabs.map((tab) => tab.openProfiles((formerName) => createFirstProfile(workspaceId, formerName, 1))),
    );
    expect(opened[0]).toEqual(opened[1]);
    const keys = await Promise.all(tabs.map((tab) => tab.openSigningKey(workspaceId)));
    const bytes = await Promise.all(
      keys.map(async (key) => (key.isOk ? await crypto.subtle.exportKey('jwk', key.value.publicKey) : null)),
    );
    expect(bytes[0]).toEqual(bytes[1]);
    expect(bytes[0]).toMatchObject({ crv: 'P-256' });
    const raw = await openDB(name);
    expect(await raw.count('profiles')).toBe(1);
    const kept = (await raw.get('signingKeys', workspaceId)) as { privateKey: CryptoKey };
    await expect(crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow('not extractable');
    raw.close();
  });

  it('makes the first profile of the name that runs stood under before there were profiles', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    await raw.put('settings', { name: 'personName', value: 'Ada Lovelace' });
    const { values } = await database.openProfiles((former) => createFirstProfile(workspaceId, former, 1));
    expect(values).toMatchObject([{ username: 'ada.lovelace', displayName: 'Ada Lovelace' }]);
    expect(await raw.get('settings', 'personName')).toBeUndefined();
    raw.close();
  });

  it('makes a new key in the place of one that cannot be read, and a profile beside such ones', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    await raw.put('signingKeys', { workspaceId, privateKey: 'lost' });
    await raw.put('profiles', { id: 'broken' });
    raw.close();
    expect((await database.openSigningKey(workspaceId)).isOk).toBe(true);
    const opened = await database.openProfiles(() => ada);
    expect(opened.values).toEqual([ada]);
    expect(opened.problems).toHaveLength(1);
    expect((await database.loadProfiles()).values).toEqual([ada]);
  });

  it('makes a new key in the place of one that could be taken out, or signs otherwise', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    for (const [namedCurve, isExtractable] of [
      ['P-256', true],
      ['P-384', false],
    ] as const) {
      const planted = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, isExtractable, [
        'sign',
        'verify',
      ]);
      await raw.put('signingKeys', { workspaceId, ...planted });
      const opened = await database.openSigningKey(workspaceId);
      if (!opened.isOk) throw new Error('there is no key');
      const { extractable, algorithm } = opened.value.privateKey;
      expect([extractable, algorithm]).toEqual([false, { name: 'ECDSA', namedCurve: 'P-256' }]);
    }
    raw.close();
  });
});

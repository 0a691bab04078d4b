import { describe, expect, it } from 'vitest';
import { SessionId, WorkspaceId } from '../model/ids.ts';
import type { NetworkMode } from '../model/network-policy.ts';
import { buildModel, buildVersion } from '../model/testing/build-models.ts';
import { succeed } from '../shared/result.ts';
import { ApiServer } from './ApiServer.svelte.ts';
import { NetworkSettings } from './NetworkSettings.svelte.ts';
import { ada, grace, openProfiles } from './testing/open-profiles.ts';

const me = 'http://onedata-server:8080/api/v1/users/me?a=b';

async function openServer(mode: NetworkMode = 'none') {
  const { profiles, storage, notices } = await openProfiles();
  const network = await NetworkSettings.open(storage, WorkspaceId.from('workspace'), notices);
  await network.setMode(mode);
  const server = new ApiServer({
    ...{ storage, profiles, network },
    siteUrl: 'https://cahier.example/',
    findAsker: (kernelId) => (kernelId === 'kernel' ? { notebookTitle: 'Mine', job: null } : null),
  });
  const ask = (url: string, authorization: string | null = null, method = 'GET') =>
    server.answer({ kernelId: 'kernel', method, url, authorization });
  const authorize = async (profile = ada): Promise<string> => {
    const runAs = { profile, mode: 'manual' } as const;
    const made = await server.createAuthorization({
      runAs,
      sessionId: SessionId.from('s'),
      timeoutSeconds: 9,
    });
    return made.isOk ? made.value : made.problem;
  };
  return { server, profiles, storage, network, ask, authorize };
}

describe('the server', () => {
  it('answers whom the token speaks for, under any network policy', async () => {
    const { ask, authorize } = await openServer('none');
    const verdict = await ask(me, await authorize(grace));
    expect(verdict).toMatchObject({ isAllowed: true, answer: { status: 200 } });
    const body = verdict?.isAllowed && 'answer' in verdict ? (JSON.parse(verdict.answer.body) as object) : {};
    expect(body).toMatchObject({ id: 'grace', username: 'grace', displayName: 'Grace' });
    expect(await ask(me)).toMatchObject({ answer: { status: 401 } });
    expect(await ask(me, await authorize(), 'POST')).toMatchObject({ answer: { status: 405 } });
  });

  it('shows the models that are stored', async () => {
    const { ask, authorize, storage } = await openServer();
    const stored = { models: [buildModel('a/b')], versions: [buildVersion('a/b', 1)] };
    await storage.changeModels(() => succeed(stored));
    const url = 'http://onedata-server:8080/api/v1/models/a%2Fb';
    const body = expect.stringContaining('"latestVersion":1') as string;
    expect(await ask(url, await authorize())).toMatchObject({ answer: { status: 200, body } });
  });

  it('leaves the kernels of other tabs to them', async () => {
    const { server } = await openServer();
    expect(server.answer({ kernelId: 'other', method: 'GET', url: me, authorization: null })).toBeNull();
  });
});

describe('a real server that is connected', () => {
  it('gets the requests instead, until it is disconnected', async () => {
    const { server, ask } = await openServer('ask');
    expect(server.connect('https://od.example/base/', ' Bearer abc.def.ghi ')).toBeNull();
    expect(server.connection).toMatchObject({
      baseUrl: 'https://od.example/base',
      hasToken: true,
      profile: ada,
    });
    expect(await ask(me)).toEqual({
      isAllowed: true,
      forwardTo: 'https://od.example/base/api/v1/users/me?a=b',
    });
    server.disconnect();
    expect([server.connection, await ask(me)]).toMatchObject([null, { answer: { status: 401 } }]);
  });

  it('gets none where no host may be reached', async () => {
    const { server, ask } = await openServer('none');
    server.connect('https://od.example', '');
    expect(await ask(me)).toEqual({
      isAllowed: false,
      reason:
        "https://od.example is connected as onedata-server:8080, but the workspace's network policy allows no other host. Change it under “Network” in the workspace pane, or disconnect the server under “Profile”.",
    });
  });

  it('has its own token, for jobs of who connected it and of nobody else', async () => {
    const { server, authorize, profiles } = await openServer('ask');
    server.connect('https://od.example', 'abc.def.ghi');
    expect(await authorize(ada)).toBe('Bearer abc.def.ghi');
    profiles.switchTo(grace.id);
    expect(await authorize(ada)).toBe('Bearer abc.def.ghi');
    expect(await authorize(grace)).toMatch(/^Bearer ey/);
    server.disconnect();
    expect(await authorize(ada)).toMatch(/^Bearer ey/);
  });

  it('gets the tokens of this workspace where none of its own was given', async () => {
    const { server, authorize } = await openServer('ask');
    server.connect('https://od.example', '');
    expect([server.connection?.hasToken, (await authorize()).slice(0, 9)]).toEqual([false, 'Bearer ey']);
  });

  it('is stored nowhere, nor is its token', async () => {
    const { server, storage, authorize } = await openServer('ask');
    server.connect('https://od.example', 'abc.def.ghi');
    await authorize();
    const kept = JSON.stringify([await storage.loadSettings(), await storage.loadNetworkPolicy()]);
    expect(kept).not.toMatch(/od\.example|abc/);
  });

  it.each([
    ['nowhere', '', 'address'],
    ['https://od.example', 'two words', 'token'],
    ['https://od.example', 'seven77', 'token'],
    ['https://od.example', 'schlüssel', 'token'],
  ])('is not connected with the address %s and the token “%s”', async (address, token, field) => {
    const { server } = await openServer();
    expect(server.connect(address, token)?.field).toBe(field);
    expect(server.connection).toBeNull();
  });
});

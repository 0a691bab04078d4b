import { describe, expect, it } from 'vitest';
import { CellId, JobId, NotebookId, ProfileId, SessionId } from '../model/ids.ts';
import type { KnownModels } from '../model/known-models.ts';
import { buildModel, buildVersion } from '../model/testing/build-models.ts';
import { buildProfile } from '../model/testing/builders.ts';
import { fail, succeed } from '../shared/result.ts';
import { answerApi, type ApiAnswer, type ApiRequest } from './server-api.ts';

const server = 'http://onedata-server:8080';

const version = buildVersion('price', 1, {
  origin: {
    type: 'job',
    notebookId: NotebookId.from('n'),
    notebookTitle: 'Prices',
    cellId: CellId.from('c'),
    cellTitle: 'Train',
    sessionId: SessionId.from('s'),
    jobId: JobId.from('j'),
    sources: [],
  },
  profile: { id: ProfileId.from('ada'), username: 'ada' },
  packages: [{ name: 'numpy', version: '2.2.5' }],
  notes: 'good',
});

const known: KnownModels = {
  models: [
    buildModel('price', { notes: 'of last year', changedAt: 86_400_000 }),
    ...['a/b', '50 % 🦊', 'versions'].map((name) => buildModel(name)),
    buildModel('deleted', { deletedAt: 5 }),
  ],
  versions: [version, buildVersion('price', 2), buildVersion('price', 3, { deletedAt: 5 })],
  groups: [],
};

async function ask(path: string, changes: Partial<ApiRequest> = {}): Promise<ApiAnswer> {
  return await answerApi(
    { method: 'GET', url: server + path, authorization: 'Bearer good', ...changes },
    {
      verify: (token) =>
        Promise.resolve(token === 'good' ? succeed(buildProfile('ada')) : fail('It is bad.')),
      loadModels: () => Promise.resolve(known),
    },
  );
}

async function read(path: string): Promise<unknown> {
  const { status, body } = await ask(path);
  return status === 200 ? JSON.parse(body) : status;
}

describe('the API', () => {
  it('gives the profile that the token speaks for', async () => {
    const start = '1970-01-01T00:00:00.000Z';
    expect(await ask('/api/v1/users/me?fields=all')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify({
        id: 'ada',
        username: 'ada',
        displayName: 'ada',
        createdAt: start,
        changedAt: start,
      }),
    });
  });

  it('gives models and their versions, by names as addresses spell them', async () => {
    const price = {
      id: 'price',
      name: 'price',
      notes: 'of last year',
      latestVersion: 2,
      createdAt: '1970-01-01T00:00:01.000Z',
      changedAt: '1970-01-02T00:00:00.000Z',
    };
    const all = (await read('/api/v1/models')) as { name: string }[];
    expect([all[0], all.map(({ name }) => name)]).toEqual([price, ['price', 'a/b', '50 % 🦊', 'versions']]);
    expect(await read('/api/v1/models/price')).toEqual(price);
    expect(await read('/api/v1/models/price/')).toEqual(price);
    expect(await read('/api/v1/models/a%2Fb')).toMatchObject({ name: 'a/b' });
    expect(await read('/api/v1/models/50%20%25%20%F0%9F%A6%8A')).toMatchObject({ name: '50 % 🦊' });
    expect(await read('/api/v1/models/versions')).toMatchObject({ name: 'versions' });
    expect(await read('/api/v1/models/a%2fb/versions')).toEqual([]);
    const common = { type: 'builtins.dict', pythonVersion: '3.13.2', byteSize: 10 };
    expect(await read('/api/v1/models/price/versions')).toEqual([
      {
        ...common,
        version: 2,
        createdAt: '1970-01-01T00:00:02.000Z',
        savedBy: null,
        origin: { type: 'rollback', version: 1 },
        packages: [],
        notes: '',
        sha256: '2'.repeat(64),
      },
      {
        ...common,
        version: 1,
        createdAt: '1970-01-01T00:00:01.000Z',
        savedBy: { id: 'ada', username: 'ada' },
        origin: { type: 'job', notebook: 'Prices', cell: 'Train', sessionId: 's', jobId: 'j' },
        packages: [{ name: 'numpy', version: '2.2.5' }],
        notes: 'good',
        sha256: '1'.repeat(64),
      },
    ]);
  });

  it.each([
    [null, 'The header Authorization has no token. Send it with the value of od_authorization.'],
    ['', 'The header Authorization has no token. Send it with the value of od_authorization.'],
    ['Basic YTpi', 'The header Authorization has no token. Send it with the value of od_authorization.'],
    ['Bearer', 'The header Authorization has no token. Send it with the value of od_authorization.'],
    ['Bearer bad', 'It is bad.'],
  ])('answers who sends the authorization %s with 401', async (authorization, message) => {
    expect(await ask('/api/v1/users/me', { authorization })).toEqual({
      status: 401,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'www-authenticate': 'Bearer',
      },
      body: JSON.stringify({ status: 401, error: 'unauthorized', message }),
    });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'refuses %s where there is something',
    async (method) => {
      const answer = await ask('/api/v1/users/me', { method });
      const { error } = JSON.parse(answer.body) as { error: string };
      expect([answer.status, answer.headers['allow'], error]).toEqual([
        405,
        'GET, HEAD',
        'method_not_allowed',
      ]);
    },
  );

  it('gives the headers alone where they are asked for', async () => {
    const { status, body } = await ask('/api/v1/users/me', { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
  });

  it.each([
    ...['/', '/api', '/api/v1', '/api/v1/', '/api/v2/users/me', '/api/v1/users', '/api/v1/users/1'],
    ...['/api/v1/users/me/more', '/api/v1//users/me', '/api/v1/models/a/b', '/api/v1/models/%E0%A4%A'],
    ...[
      '/api/v1/models/unknown',
      '/api/v1/models/unknown/versions',
      '/api/v1/models/deleted',
      '/api/v1/models/price/versions/1',
    ],
  ])('answers %s with 404', async (path) => {
    const { status, body } = await ask(path);
    expect([status, JSON.parse(body)]).toEqual([
      404,
      { status: 404, error: 'not_found', message: expect.stringContaining('There is no ') as string },
    ]);
  });

  it('answers with an error of its own where what it needs cannot be read', async () => {
    const answer = await answerApi(
      { method: 'GET', url: `${server}/api/v1/models`, authorization: 'Bearer good' },
      {
        verify: () => Promise.resolve(succeed(buildProfile('ada'))),
        loadModels: () => Promise.reject(new Error('the disk is full')),
      },
    );
    const message =
      'The server of this browser could not answer: the disk is full. Reload the page and run the cell again.';
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      500,
      { status: 500, error: 'internal_error', message },
    ]);
  });

  it('asks for a token before it says which models there are', async () => {
    expect((await ask('/api/v1/models/unknown', { authorization: null })).status).toBe(401);
  });
});

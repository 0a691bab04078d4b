import { findModel, listVersions, type KnownModels } from '../model/known-models.ts';
import type { Profile } from '../model/profile.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import { describeModel, describeProfile, describeVersion } from './api-resources.ts';

/** A request of a script to the server, as far as the answer depends on it. */
export interface ApiRequest {
  readonly method: string;
  /** An absolute address. */
  readonly url: string;
  /** The header of this name; null where there is none. */
  readonly authorization: string | null;
}

/** What the script gets. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; empty where the request asks for no content. */
  readonly body: string;
}

/** What answers are made of. */
export interface ApiMeans {
  /** The profile that a token speaks for; the problem is a sentence. */
  readonly verify: (token: string) => Promise<Result<Profile, string>>;
  readonly loadModels: () => Promise<KnownModels>;
}

type Route =
  | { readonly resource: 'me' }
  | { readonly resource: 'models' }
  | { readonly resource: 'model' | 'versions'; readonly name: string };

const methods = ['GET', 'HEAD'];

/** Answers a request in place of the server: addresses below `/api/v1` that scripts know of it. */
export async function answerApi(request: ApiRequest, means: ApiMeans): Promise<ApiAnswer> {
  const answer = await answerWhole(request, means).catch((error: unknown) =>
    refuse(
      500,
      'internal_error',
      `The server of this browser could not answer: ${toMessage(error)}. Reload the page and run the cell again.`,
    ),
  );
  return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
}

async function answerWhole({ method, url, authorization }: ApiRequest, means: ApiMeans): Promise<ApiAnswer> {
  const { pathname } = new URL(url);
  const route = findRoute(pathname);
  if (!route) {
    return refuse(
      404,
      'not_found',
      `There is no ${pathname}. There are /api/v1/users/me, /api/v1/models, /api/v1/models/{name} and /api/v1/models/{name}/versions; a slash in a name is written as %2F.`,
    );
  }
  if (!methods.includes(method)) {
    return refuse(
      405,
      'method_not_allowed',
      `${pathname} can be read with GET, and not be changed with ${method}.`,
      {
        allow: methods.join(', '),
      },
    );
  }
  const token = readBearer(authorization);
  if (token === null) {
    return refuseToken('The header Authorization has no token. Send it with the value of od_authorization.');
  }
  const verified = await means.verify(token);
  if (!verified.isOk) return refuseToken(verified.problem);
  return await answerRoute(route, verified.value, means);
}

async function answerRoute(route: Route, profile: Profile, means: ApiMeans): Promise<ApiAnswer> {
  switch (route.resource) {
    case 'me':
      return give(describeProfile(profile));
    case 'models': {
      const known = await means.loadModels();
      const models = known.models.filter(({ deletedAt }) => deletedAt === null);
      return give(models.map((model) => describeModel(model, listVersions(known, model.id))));
    }
    case 'model':
    case 'versions': {
      const known = await means.loadModels();
      const model = findModel(known, route.name);
      if (!model) return refuse(404, 'not_found', `There is no model “${route.name}”.`);
      const versions = listVersions(known, model.id);
      return give(
        route.resource === 'model' ? describeModel(model, versions) : versions.map(describeVersion),
      );
    }
    default:
      return assertNever(route);
  }
}

/** Null where nothing is. */
function findRoute(path: string): Route | null {
  const [prefix, ...rest] = [
    path.slice(0, '/api/v1/'.length),
    ...path.slice('/api/v1/'.length).replace(/\/$/, '').split('/'),
  ];
  const parts = prefix === '/api/v1/' ? rest.map(decode) : [];
  const [kind, name, detail] = parts;
  if (parts.length === 2 && kind === 'users' && name === 'me') return { resource: 'me' };
  if (parts.length === 1 && kind === 'models') return { resource: 'models' };
  if (kind !== 'models' || typeof name !== 'string') return null;
  if (parts.length === 2) return { resource: 'model', name };
  return parts.length === 3 && detail === 'versions' ? { resource: 'versions', name } : null;
}

/** Null where it is no encoding of a text. */
function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function readBearer(authorization: string | null): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1] ?? null;
}

function give(value: unknown): ApiAnswer {
  return { status: 200, headers: jsonHeaders, body: JSON.stringify(value) };
}

function refuseToken(message: string): ApiAnswer {
  return refuse(401, 'unauthorized', message, { 'www-authenticate': 'Bearer' });
}

function refuse(
  status: number,
  error: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  const body = JSON.stringify({ status, error, message });
  return { status, headers: { ...jsonHeaders, ...headers }, body };
}

const jsonHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store' };

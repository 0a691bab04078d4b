import { answeredPaths, apiServer, longestWait, parseKernelId } from '../protocol/service-worker.ts';
import { pagePath, type SiteFile } from './site-manifest.ts';
import { readTarget } from './read-target.ts';

/** What of a request decides who answers it; a `Request` is one. */
export interface RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly mode: string;
  /** What the browser does with the answer; empty when it hands it to a script. */
  readonly destination: string;
  readonly headers: Pick<Headers, 'has'>;
  readonly cache: string;
}

/** Who answers a request. */
export type Choice =
  /** The browser, as if there were no service worker. */
  | { readonly type: 'browser' }
  | { readonly type: 'file'; readonly file: SiteFile }
  /** Perhaps a file of an older build, for a page that is still open. */
  | { readonly type: 'unknown-file'; readonly url: string }
  | { readonly type: 'mail'; readonly kernelId: string; readonly waitMilliseconds: number }
  | { readonly type: 'outside'; readonly kernelId: string; readonly target: URL }
  /** A request for the server that the app stands for. */
  | { readonly type: 'server'; readonly kernelId: string; readonly target: URL }
  | { readonly type: 'refused'; readonly reason: string };

/** What a service worker knows when a request comes. */
export interface Site {
  /** The folder of the site, with a slash at its end. */
  readonly scopeUrl: string;
  /** The file at an address; null where there is none. */
  readonly findFile: (path: string) => SiteFile | null;
}

export function chooseAnswer(request: RequestFacts, site: Site): Choice {
  const url = new URL(request.url);
  const scope = new URL(site.scopeUrl);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return { type: 'browser' };
  const path = url.pathname.slice(scope.pathname.length);
  if (path.startsWith(answeredPaths.mail)) {
    return chooseMail(request, path.slice(answeredPaths.mail.length), url.searchParams.get('wait'));
  }
  if (path.startsWith(answeredPaths.out)) {
    return chooseOutside(request, path.slice(answeredPaths.out.length), url.search);
  }
  // A part of a file, or only its headers: left to the host, which knows how.
  if (request.method !== 'GET' || request.headers.has('range')) return { type: 'browser' };
  // Asked of the browser's own cache, which keeps compiled code beside a file. A page that is gone back to asks so, too.
  if (request.cache === 'force-cache' && isOfScript(request)) return { type: 'browser' };
  const file = site.findFile(path === '' ? pagePath : path);
  if (file) return { type: 'file', file };
  if (request.mode === 'navigate') return { type: 'browser' };
  return { type: 'unknown-file', url: url.origin + url.pathname };
}

function chooseMail(request: RequestFacts, rest: string, wait: string | null): Choice {
  if (!isOfScript(request)) return refuseOthers();
  if (request.method !== 'GET') return refuse('Mail is fetched with GET.');
  const kernelId = parseKernelId(rest);
  if (!kernelId.isOk) return refuse('There is no such kernel.');
  const asked = Number(wait ?? 0);
  const waitMilliseconds = Number.isFinite(asked) ? Math.min(Math.max(asked, 0), longestWait) : 0;
  return { type: 'mail', kernelId: kernelId.value, waitMilliseconds };
}

function chooseOutside(request: RequestFacts, rest: string, search: string): Choice {
  if (!isOfScript(request)) return refuseOthers();
  const slash = rest.indexOf('/');
  const kernelId = parseKernelId(rest.slice(0, Math.max(slash, 0)));
  if (!kernelId.isOk) return refuse('There is no such kernel.');
  // Not encoded, the query would have come apart from its address.
  if (search !== '') return refuse('The address of the other host is not encoded.');
  const target = readTarget(rest.slice(slash + 1));
  if (!target.isOk) return refuse(target.problem);
  const { hostname, origin } = target.value;
  // A dot at its end names the same host.
  if (hostname.replace(/\.$/, '') !== apiServer.hostname) {
    return { type: 'outside', kernelId: kernelId.value, target: target.value };
  }
  // No host of the network has this name for scripts, whatever the port: it would get their tokens.
  if (origin === apiServer.origin) return { type: 'server', kernelId: kernelId.value, target: target.value };
  return refuse(`There is nothing at ${origin}: the API of the server is at ${apiServer.origin}.`);
}

/** Whether the answer goes to a script as data, and is not shown or run. */
function isOfScript({ destination, mode }: RequestFacts): boolean {
  return destination === '' && mode !== 'navigate';
}

function refuseOthers(): Choice {
  return refuse('This address is for requests of scripts only.');
}

function refuse(reason: string): Choice {
  return { type: 'refused', reason };
}

import { answerApi, type ApiAnswer } from '../identity/server-api.ts';
import type { Profile } from '../model/profile.ts';
import { parseServerAddress } from '../model/server-address.ts';
import { succeed, type Result } from '../shared/result.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Asker } from './NetworkGate.svelte.ts';
import type { NetworkSettings } from './NetworkSettings.svelte.ts';
import type { Profiles } from './Profiles.svelte.ts';
import type { AuthorizedJob } from './run-as.ts';

/** A request of a script for the server. */
export interface ServerRequest {
  /** The kernel that the script runs in. */
  readonly kernelId: string;
  readonly method: string;
  /** An absolute address. */
  readonly url: string;
  /** The header of this name; null where the request has none. */
  readonly authorization: string | null;
}

/** What becomes of it: an answer made here, or the address of a real server that it goes to; else the reason is a sentence. */
export type ServerVerdict =
  | { readonly isAllowed: true; readonly answer: ApiAnswer }
  | { readonly isAllowed: true; readonly forwardTo: string }
  | { readonly isAllowed: false; readonly reason: string };

/** A real server that scripts reach in place of this one, until it is disconnected or the tab is closed. */
export interface ServerConnection {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Whose token it is: that of the profile that was active when it was given. */
  readonly profile: Profile;
  readonly hasToken: boolean;
}

/** With the token, which is nowhere else: it is not stored, and no view gets it. */
interface OpenConnection extends ServerConnection {
  /** Empty where none was given. */
  readonly token: string;
}

/** One that is shorter may be a part of any text, and of any file. */
const shortestToken = 8;

export interface ApiServerServices {
  readonly storage: Pick<Storage, 'loadModels'>;
  readonly profiles: Profiles;
  readonly network: NetworkSettings;
  /** The address of this site. */
  readonly siteUrl: string;
  /** Who asks when a kernel does; null when it is not of this page: other tabs answer for theirs. */
  readonly findAsker: (kernelId: string) => Asker | null;
}

/** Stands for the server whose API scripts know, or leads to a real one. */
export class ApiServer {
  readonly #services: ApiServerServices;
  #open = $state.raw<OpenConnection | null>(null);

  constructor(services: ApiServerServices) {
    this.#services = services;
  }

  get connection(): ServerConnection | null {
    return this.#open;
  }

  /** Sends requests to the server at this address from here on. Gives what is wrong with it, as a sentence; null where nothing is. */
  connect(
    address: string,
    token: string,
  ): { readonly field: 'address' | 'token'; readonly problem: string } | null {
    const baseUrl = parseServerAddress(address, this.#services.siteUrl);
    if (!baseUrl.isOk) return { field: 'address', problem: baseUrl.problem };
    const bare = token.trim().replace(/^Bearer\s+/i, '');
    if (!/^[!-~]*$/.test(bare)) {
      return { field: 'token', problem: 'A token has no spaces, and no letters beyond those of English.' };
    }
    if (bare !== '' && bare.length < shortestToken) {
      const problem = `A token has ${shortestToken} characters at least: a shorter one would be hidden in other texts, too, where it is a part of them.`;
      return { field: 'token', problem };
    }
    const profile = this.#services.profiles.active;
    this.#open = { baseUrl: baseUrl.value, profile, hasToken: bare !== '', token: bare };
    return null;
  }

  disconnect(): void {
    this.#open = null;
  }

  /** What a job is given to prove as whom it runs; the problem is a sentence. */
  async createAuthorization(job: AuthorizedJob): Promise<Result<string, string>> {
    const connection = this.#getConnection();
    // What runs as somebody else, as by a schedule, does not act as who connected the server.
    const isOwn = connection?.profile.id === job.runAs.profile.id;
    if (connection?.hasToken && isOwn) return succeed(`Bearer ${connection.token}`);
    return await this.#services.profiles.createAuthorization(job);
  }

  /** Answers a request of a kernel; null when the kernel is not of this page. */
  answer(request: ServerRequest): Promise<ServerVerdict> | null {
    return this.#services.findAsker(request.kernelId) ? this.#answer(request) : null;
  }

  async #answer({ method, url, authorization }: ServerRequest): Promise<ServerVerdict> {
    const connection = this.#getConnection();
    if (connection) return await this.#forward(connection, url);
    const { profiles, storage } = this.#services;
    const answer = await answerApi(
      { method, url, authorization },
      {
        verify: (token) => profiles.verify(token),
        loadModels: async () => (await storage.loadModels()).known,
      },
    );
    return { isAllowed: true, answer };
  }

  async #forward({ baseUrl }: ServerConnection, url: string): Promise<ServerVerdict> {
    const { mode } = await this.#services.network.refresh();
    if (mode === 'none') {
      const reason = `${baseUrl} is connected as ${new URL(url).host}, but the workspace's network policy allows no other host. Change it under “Network” in the workspace pane, or disconnect the server under “Profile”.`;
      return { isAllowed: false, reason };
    }
    const { pathname, search } = new URL(url);
    return { isAllowed: true, forwardTo: baseUrl + pathname + search };
  }

  /** The one way to a connection for requests and tokens: whatever is to be kept from a real server is kept from it here. */
  #getConnection(): OpenConnection | null {
    return this.#open;
  }
}

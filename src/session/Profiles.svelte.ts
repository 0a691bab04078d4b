import { createClaims, toIssuer } from '../identity/claims.ts';
import { createSigningKey, type SigningKey } from '../identity/signing-key.ts';
import { signToken, verifyToken } from '../identity/token.ts';
import type { ProfileId, WorkspaceId } from '../model/ids.ts';
import {
  buildNewProfile,
  createFirstProfile,
  findProfileProblem,
  suggestUsername,
  type Profile,
  type ProfileContent,
} from '../model/profile.ts';
import { invariant } from '../shared/invariant.ts';
import { logger } from '../shared/logger.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { ChangeProfiles, Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';
import type { AuthorizedJob } from './run-as.ts';
import type { Tabs } from './TabPresence.ts';

export interface ProfilesServices {
  readonly storage: Pick<
    Storage,
    'openProfiles' | 'loadProfiles' | 'changeProfiles' | 'openSigningKey' | 'saveSetting' | 'loadSettings'
  >;
  readonly notices: Notices;
  /** Other tabs show the same profiles, and have the same one active. */
  readonly tabs: Pick<Tabs, 'announce' | 'onNews'>;
  /** The titles of the schedules that run as a profile. */
  readonly listSchedules: (id: ProfileId) => readonly string[];
}

/** The profiles of a workspace, of which one is active: by hand, jobs run as that one. */
export class Profiles {
  readonly #services: ProfilesServices;
  readonly #workspaceId: WorkspaceId;
  /** Oldest first; never empty. */
  #profiles: readonly Profile[];
  #activeId: string | null;
  /** Null until a token is first made or checked. */
  #key: Promise<SigningKey> | null = null;

  private constructor(
    services: ProfilesServices,
    workspaceId: WorkspaceId,
    profiles: readonly Profile[],
    activeId: string | null,
  ) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    this.#profiles = $state.raw(profiles);
    this.#activeId = $state.raw(activeId);
    services.tabs.onNews(() => void this.#takeNews());
  }

  /** @param activeId that of the profile that was chosen last; null, or of one that is gone, for the first */
  static async open(
    services: ProfilesServices,
    workspaceId: WorkspaceId,
    activeId: string | null,
  ): Promise<Profiles> {
    const { storage, notices } = services;
    const found = await storage.openProfiles((formerName) =>
      createFirstProfile(workspaceId, formerName, Date.now()),
    );
    for (const problem of found.problems) notices.tell(problem);
    return new Profiles(services, workspaceId, pickOwn(found.values, workspaceId), activeId);
  }

  /** Oldest first. */
  get profiles(): readonly Profile[] {
    return this.#profiles;
  }

  get active(): Profile {
    const active = this.#profiles.find(({ id }) => id === this.#activeId) ?? this.#profiles[0];
    invariant(active, 'a workspace has a profile');
    return active;
  }

  find(id: ProfileId): Profile | null {
    return this.#profiles.find((profile) => profile.id === id) ?? null;
  }

  /** The usernames that a profile cannot have, as others have them; of all where it is a new one. */
  listTakenUsernames(id: ProfileId | null): string[] {
    return this.#profiles.filter((profile) => profile.id !== id).map(({ username }) => username);
  }

  /** Reads the profiles as they are stored now: other tabs may have changed them. */
  async refresh(): Promise<void> {
    try {
      const { values } = await this.#services.storage.loadProfiles();
      this.#take(values);
    } catch (error) {
      logger.warn('The profiles cannot be read: those known last hold', error);
    }
  }

  switchTo(id: ProfileId): void {
    if (!this.find(id)) return;
    this.#activeId = id;
    const { storage, tabs } = this.#services;
    void storage.saveSetting('activeProfile', id).then(() => {
      tabs.announce();
    });
  }

  /** Adds a profile. Gives why it could not, as a sentence; null where it did. */
  async add(content: ProfileContent): Promise<string | null> {
    return await this.#put(buildNewProfile(this.#workspaceId, content, Date.now()));
  }

  /** Changes what is written of a profile. Gives why it could not, as a sentence; null where it did. */
  async change(id: ProfileId, { username, displayName }: ProfileContent): Promise<string | null> {
    const before = this.find(id);
    if (!before) return 'The profile was deleted meanwhile.';
    return await this.#put({ ...before, username, displayName, changedAt: Date.now() });
  }

  /**
   * Removes a profile, and offers to bring it back; the active one stays, and so there is always one. Gives why it could
   * not, as a sentence; null where it did.
   */
  async remove(id: ProfileId): Promise<string | null> {
    const profile = this.find(id);
    if (!profile) return null;
    const { displayName } = profile;
    if (profile === this.active) return `“${displayName}” is active. Switch to another profile first.`;
    const [schedule] = this.#services.listSchedules(id);
    if (schedule !== undefined) {
      return `The schedule “${schedule}” runs as “${displayName}”. Delete it first, or make it anew as another profile.`;
    }
    const problem = await this.#change((profiles) =>
      pickOwn(profiles, this.#workspaceId).some((other) => other.id !== id)
        ? succeed({ type: 'remove', profileId: id })
        : fail(`“${displayName}” is the last profile, which stays.`),
    );
    if (problem !== null) return problem;
    this.#services.notices.offer(`The profile “${displayName}” was deleted.`, {
      label: 'Undo',
      run: () => void this.#bringBack(profile),
    });
    return null;
  }

  /** What a job is given to prove as whom it runs; the problem is a sentence. */
  async createAuthorization({
    runAs,
    sessionId,
    timeoutSeconds,
  }: AuthorizedJob): Promise<Result<string, string>> {
    const { mode } = runAs;
    const profile = this.find(runAs.profile.id);
    if (!profile) {
      return fail(
        `The profile “${runAs.profile.displayName}”, as which this was to run, was deleted. Run it as another one.`,
      );
    }
    const claims = createClaims({ profile, sessionId, mode, timeoutSeconds }, this.#workspaceId, Date.now());
    return succeed(`Bearer ${await signToken(claims, await this.#openKey())}`);
  }

  /** The profile that a token speaks for now; the problem is a sentence. */
  async verify(token: string): Promise<Result<Profile, string>> {
    await this.refresh();
    return await verifyToken(token, {
      key: await this.#openKey(),
      issuer: toIssuer(this.#workspaceId),
      now: Date.now(),
      findProfile: (id) => this.find(id),
    });
  }

  /** Another tab has changed something, perhaps which profile is active: what is run here from now on runs as that one. */
  async #takeNews(): Promise<void> {
    await this.refresh();
    try {
      const { activeProfile } = await this.#services.storage.loadSettings();
      if (activeProfile !== null) this.#activeId = activeProfile;
    } catch (error) {
      logger.warn('Which profile is active cannot be read: the one known last is', error);
    }
  }

  #openKey(): Promise<SigningKey> {
    this.#key ??= this.#loadKey().catch((error: unknown) => {
      // What could not be read once may be the next time.
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  async #loadKey(): Promise<SigningKey> {
    const opened = await this.#services.storage.openSigningKey(this.#workspaceId);
    if (opened.isOk) return opened.value;
    logger.warn('The key that tokens are signed with cannot be kept', opened.problem);
    // One that lasts as long as this tab: no token is needed for longer.
    return await createSigningKey();
  }

  async #bringBack(profile: Profile): Promise<void> {
    const taken = this.listTakenUsernames(profile.id);
    const isFree = findProfileProblem(profile, taken) === null;
    const username = isFree ? profile.username : suggestUsername(profile.username, taken);
    const problem = await this.#put({ ...profile, username });
    if (problem !== null) this.#services.notices.tell(problem);
  }

  async #put(profile: Profile): Promise<string | null> {
    return await this.#change((profiles) => {
      const others = pickOwn(profiles, this.#workspaceId).filter(({ id }) => id !== profile.id);
      const found = findProfileProblem(
        profile,
        others.map(({ username }) => username),
      );
      return found ? fail(found.problem) : succeed({ type: 'put', profile });
    });
  }

  async #change(change: ChangeProfiles): Promise<string | null> {
    const changed = await this.#services.storage.changeProfiles(change);
    if (changed.isOk) {
      this.#take(changed.value);
      this.#services.tabs.announce();
      return null;
    }
    await this.refresh();
    const { kind, message } = changed.problem;
    return kind === 'refused' ? message : `The profile could not be stored (${message}). It stays as it was.`;
  }

  #take(profiles: readonly Profile[]): void {
    const own = pickOwn(profiles, this.#workspaceId);
    // Where even the first could not be stored, it serves as long as the tab does.
    if (own.length > 0) this.#profiles = own;
  }
}

function pickOwn(profiles: readonly Profile[], workspaceId: WorkspaceId): Profile[] {
  return profiles.filter((profile) => profile.workspaceId === workspaceId);
}

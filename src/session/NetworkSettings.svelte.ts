import type { WorkspaceId } from '../model/ids.ts';
import {
  addHost,
  parseHostPattern,
  removeHost,
  type NetworkMode,
  type NetworkPolicy,
} from '../model/network-policy.ts';
import { logger } from '../shared/logger.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

type PolicyStorage = Pick<Storage, 'loadNetworkPolicy' | 'changeNetworkPolicy'>;

/** The network policy of the workspace, as its user changes it in this tab and in others. */
export class NetworkSettings {
  readonly #storage: PolicyStorage;
  readonly #workspaceId: WorkspaceId;
  readonly #notices: Notices;
  #policy: NetworkPolicy;
  /** Set when a change could not be stored: what is stored is out of date then. */
  #isUnsaved = false;

  private constructor(
    storage: PolicyStorage,
    workspaceId: WorkspaceId,
    notices: Notices,
    policy: NetworkPolicy,
  ) {
    this.#storage = storage;
    this.#workspaceId = workspaceId;
    this.#notices = notices;
    this.#policy = $state.raw(policy);
  }

  static async open(
    storage: PolicyStorage,
    workspaceId: WorkspaceId,
    notices: Notices,
  ): Promise<NetworkSettings> {
    const policy = await storage.loadNetworkPolicy(workspaceId);
    return new NetworkSettings(storage, workspaceId, notices, policy);
  }

  get policy(): NetworkPolicy {
    return this.#policy;
  }

  /** The policy as it is stored now, which another tab may have changed. */
  async refresh(): Promise<NetworkPolicy> {
    if (this.#isUnsaved) return this.#policy;
    try {
      this.#policy = await this.#storage.loadNetworkPolicy(this.#workspaceId);
    } catch (error) {
      logger.warn('The network policy cannot be read: the last known holds', error);
    }
    return this.#policy;
  }

  async setMode(mode: NetworkMode): Promise<void> {
    await this.#change((policy) => ({ ...policy, mode }));
  }

  /** Adds a host as it was typed; returns what is wrong with it, null when it was added. */
  async addHost(text: string): Promise<string | null> {
    const pattern = parseHostPattern(text);
    if (!pattern.isOk) return pattern.problem;
    await this.#change((policy) => addHost(policy, pattern.value));
    return null;
  }

  async removeHost(pattern: string): Promise<void> {
    await this.#change((policy) => removeHost(policy, pattern));
  }

  async #change(change: (policy: NetworkPolicy) => NetworkPolicy): Promise<void> {
    this.#policy = change(this.#policy);
    const written = await this.#storage.changeNetworkPolicy(this.#workspaceId, change);
    this.#isUnsaved = !written.isOk;
    if (written.isOk) this.#policy = written.value;
    else {
      this.#notices.tell(
        `The network policy could not be saved: ${written.problem.message}. It holds while this tab is open.`,
      );
    }
  }
}

import type { ProfileId } from '../model/ids.ts';
import type { Profile } from '../model/profile.ts';

/** Those as whom notebooks are run. */
export interface People {
  /** As whom is run what a person runs. */
  readonly active: Profile;
  /** Null where it was deleted. */
  readonly find: (id: ProfileId) => Profile | null;
  /** Reads them as they are stored now: other tabs may have changed them. */
  readonly refresh: () => Promise<void>;
}

import { ProfileId, type WorkspaceId } from './ids.ts';

/** Somebody as whom jobs run. Times are milliseconds since 1970. */
export interface Profile {
  readonly id: ProfileId;
  readonly workspaceId: WorkspaceId;
  /** No other profile of the workspace has it. */
  readonly username: string;
  readonly displayName: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** What of a profile is written by a person. */
export type ProfileContent = Pick<Profile, 'username' | 'displayName'>;

/** Most characters of either name. */
export const longestProfileName = 100;

/** How somebody is called who has said nothing. */
const standardName = 'You';

/** A name as it is kept of what was typed. */
export function toProfileName(typed: string): string {
  return typed.normalize('NFC').trim();
}

/** Whether two usernames are too alike to tell two people apart. */
export function isSameUsername(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What is wrong with the content of a profile beside those that have these usernames; null where nothing is. */
export function findProfileProblem(
  { username, displayName }: ProfileContent,
  takenUsernames: readonly string[],
): { readonly field: keyof ProfileContent; readonly problem: string } | null {
  const wrongUsername = findNameProblem(username);
  if (wrongUsername !== null) return { field: 'username', problem: wrongUsername };
  const taken = takenUsernames.find((each) => isSameUsername(each, username));
  if (taken !== undefined) {
    return {
      field: 'username',
      problem: `Another profile has the username “${taken}”. Give a different one.`,
    };
  }
  const wrongName = findNameProblem(displayName);
  return wrongName === null ? null : { field: 'displayName', problem: wrongName };
}

function findNameProblem(name: string): string | null {
  const { length } = [...name];
  if (length === 0) return 'Give a name.';
  if (length > longestProfileName) {
    return `A name has ${longestProfileName} characters at most, and this one has ${length}.`;
  }
  return /\p{Cc}/u.test(name)
    ? 'A name is one line of text, without tabs and other control characters.'
    : null;
}

export function buildNewProfile(workspaceId: WorkspaceId, content: ProfileContent, now: number): Profile {
  return { id: ProfileId.create(), workspaceId, ...content, createdAt: now, changedAt: now };
}

/** The first profile of a workspace, by the name that runs stood under before there were profiles, if there was one. */
export function createFirstProfile(workspaceId: WorkspaceId, formerName: unknown, now: number): Profile {
  const typed = typeof formerName === 'string' ? toProfileName(formerName) : '';
  const displayName = findNameProblem(typed) === null ? typed : standardName;
  return buildNewProfile(workspaceId, { username: suggestUsername(displayName, []), displayName }, now);
}

/** A username for a display name that is none of the taken ones: `ada.lovelace`, then `ada.lovelace2`. */
export function suggestUsername(displayName: string, takenUsernames: readonly string[]): string {
  const letters = displayName.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = letters.match(/[\p{L}\p{N}]+/gu) ?? ['user'];
  const base = [...words.join('.')].slice(0, longestProfileName - 10).join('');
  const isFree = (name: string): boolean => !takenUsernames.some((taken) => isSameUsername(taken, name));
  let count = 1;
  let name = base;
  while (!isFree(name)) {
    count += 1;
    name = `${base}${count}`;
  }
  return name;
}

/** A profile to put into storage, in the place of the one with the same id, or one to remove for good. */
export type ProfileChange =
  | { readonly type: 'put'; readonly profile: Profile }
  | { readonly type: 'remove'; readonly profileId: ProfileId };

/** The profiles after a change, oldest first. */
export function changeProfileList(profiles: readonly Profile[], change: ProfileChange): readonly Profile[] {
  const id = change.type === 'put' ? change.profile.id : change.profileId;
  const others = profiles.filter((profile) => profile.id !== id);
  return sortProfiles(change.type === 'put' ? [...others, change.profile] : others);
}

export function sortProfiles(profiles: readonly Profile[]): readonly Profile[] {
  return [...profiles].sort((one, other) => one.createdAt - other.createdAt);
}

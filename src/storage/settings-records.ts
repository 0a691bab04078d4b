import type { WorkspaceId } from '../model/ids.ts';
import {
  isOwnSetting,
  ownSettingNames,
  type OwnSettingName,
  type SettingName,
  type Settings,
} from '../model/settings.ts';
import { parseSettings } from './parse-records.ts';
import type { formerNameSetting } from './schema.ts';

/** What a setting is stored under; one that each workspace has for itself names that. */
export type SettingKey = SettingName | typeof formerNameSetting | `${OwnSettingName} ${string}`;

/** @param of null for what stood for all workspaces while there was one */
export function toSettingKey(name: SettingName, of: WorkspaceId | null): SettingKey {
  return of !== null && isOwnSetting(name) ? `${name} ${of}` : name;
}

/** The keys of all that a workspace has for itself. */
export function listOwnKeys(of: WorkspaceId): readonly SettingKey[] {
  return ownSettingNames.map((name) => toSettingKey(name, of));
}

/** The settings as they are in a workspace: what it has not said yet is as it was for all. */
export function readSettings(
  records: readonly { readonly name: SettingKey; readonly value: unknown }[],
  of: WorkspaceId | null,
): Settings {
  const stored = new Map(records.map(({ name, value }) => [name, value]));
  const own = ownSettingNames.map((name) => [name, stored.get(toSettingKey(name, of)) ?? stored.get(name)]);
  return parseSettings({ ...Object.fromEntries(stored), ...Object.fromEntries(own) });
}

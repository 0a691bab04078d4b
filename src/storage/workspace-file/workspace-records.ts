import type { Checkpoint } from '../../model/checkpoint.ts';
import type { DataSchema } from '../../model/data-schema.ts';
import type { WorkspaceId } from '../../model/ids.ts';
import type { Job } from '../../model/job.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { ProductionLine } from '../../model/production-line.ts';
import type { Profile } from '../../model/profile.ts';
import type { Schedule } from '../../model/schedule.ts';
import type { Session } from '../../model/session.ts';
import type { Settings } from '../../model/settings.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from '../../model/trained-model.ts';

/** The settings that go along: what is about this browser, such as what it was asked for, stays. */
export type CarriedSettings = Pick<
  Settings,
  'theme' | 'openNotebook' | 'isWorkspacePaneOpen' | 'isConfigurationPaneOpen' | 'activeProfile'
>;

/** What is known of the workspace itself, without what its secrets are hashed with. */
export interface WorkspaceInfo {
  readonly id: WorkspaceId;
  readonly title: string;
  readonly createdAt: number;
  readonly network?: NetworkPolicy;
}

/** All records of a workspace but logs and values, which are read one by one. */
export interface WorkspaceRecords {
  readonly workspace: WorkspaceInfo;
  readonly settings: CarriedSettings;
  readonly profiles: readonly Profile[];
  readonly schemas: readonly DataSchema[];
  readonly models: readonly TrainedModel[];
  readonly versions: readonly ModelVersion[];
  readonly groups: readonly ModelGroup[];
  readonly lines: readonly ProductionLine[];
  readonly schedules: readonly Schedule[];
  readonly notebooks: readonly Notebook[];
  readonly checkpoints: readonly Checkpoint[];
  readonly sessions: readonly Session[];
  readonly jobs: readonly Job[];
}

/** The records at one moment, and a sentence for each that could not be understood. */
export interface FoundRecords {
  readonly records: WorkspaceRecords;
  readonly problems: readonly string[];
}

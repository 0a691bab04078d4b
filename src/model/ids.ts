import { createIdKind, type Branded } from '../shared/brand.ts';

export type WorkspaceId = Branded<'WorkspaceId'>;
export const WorkspaceId = createIdKind<WorkspaceId>();

export type NotebookId = Branded<'NotebookId'>;
export const NotebookId = createIdKind<NotebookId>();

export type CellId = Branded<'CellId'>;
export const CellId = createIdKind<CellId>();

/** One run of a notebook, or of a cell with what it needs. */
export type SessionId = Branded<'SessionId'>;
export const SessionId = createIdKind<SessionId>();

/** One press on Run of a Statement that runs in cycles. */
export type CyclesId = Branded<'CyclesId'>;
export const CyclesId = createIdKind<CyclesId>();

/** One execution of one cell. */
export type JobId = Branded<'JobId'>;
export const JobId = createIdKind<JobId>();

/** A model that jobs save and load in versions. */
export type ModelId = Branded<'ModelId'>;
export const ModelId = createIdKind<ModelId>();

export type ModelGroupId = Branded<'ModelGroupId'>;
export const ModelGroupId = createIdKind<ModelGroupId>();

export type ProfileId = Branded<'ProfileId'>;
export const ProfileId = createIdKind<ProfileId>();

/** Notebooks that are run one after another. */
export type ProductionLineId = Branded<'ProductionLineId'>;
export const ProductionLineId = createIdKind<ProductionLineId>();

export type ScheduleId = Branded<'ScheduleId'>;
export const ScheduleId = createIdKind<ScheduleId>();

/** One run of a schedule or a production line. */
export type LineRunId = Branded<'LineRunId'>;
export const LineRunId = createIdKind<LineRunId>();

/** One import of a workspace file. */
export type ImportId = Branded<'ImportId'>;
export const ImportId = createIdKind<ImportId>();

/** The SHA-256 of a stored value, as 64 lower-case hexadecimal digits. */
export type BlobHash = Branded<'BlobHash'>;
export const BlobHash = { from: createIdKind<BlobHash>().from };

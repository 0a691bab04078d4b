import type { NotebookId } from '../../model/ids.ts';
import { listSchemaUses } from '../../model/statement.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** Of the records those that one notebook is about: nothing tells of others, of who uses the workspace, or of what runs by itself. */
export function keepNotebook(records: WorkspaceRecords, id: NotebookId): WorkspaceRecords {
  const notebooks = records.notebooks.filter((notebook) => notebook.id === id);
  const isOwn = ({ notebookId }: { readonly notebookId: NotebookId }): boolean => notebookId === id;
  return {
    workspace: {
      id: records.workspace.id,
      title: notebooks[0]?.title ?? '',
      createdAt: records.workspace.createdAt,
    },
    settings: { ...records.settings, openNotebook: id, activeProfile: null },
    profiles: [],
    schemas: records.schemas.filter((schema) => listSchemaUses(notebooks, schema.id).length > 0),
    models: [],
    versions: [],
    groups: [],
    lines: [],
    schedules: [],
    notebooks,
    checkpoints: records.checkpoints.filter(isOwn),
    sessions: records.sessions.filter(isOwn),
    jobs: records.jobs.filter(isOwn),
  };
}

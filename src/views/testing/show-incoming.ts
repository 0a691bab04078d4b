import { vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { buildImportItem, buildImportSummary } from '../../model/testing/build-import-summary.ts';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import type { ImportSummary } from '../../model/workspace-import.ts';
import type { IncomingTools } from '../../session/IncomingFiles.svelte.ts';
import { createHandTools, HandReader } from '../../session/testing/HandReader.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from './open-workspace.ts';

export const file = new File(['PK'], 'Lesson 3.cahier');
const used = buildNotebook([], { title: 'Mine', cells: [buildCell('Train')] });
/** What a workspace begins with. */
export const unused = buildNotebook([], { title: 'My first notebook', cells: [] });

/** Two notebooks, of which nothing is here. */
const course = [buildImportItem(), buildImportItem({ id: 'notebook-2', title: 'Exercise' })];

export interface Incoming {
  readonly notebook?: typeof used;
  readonly summary?: Partial<ImportSummary>;
  readonly fetchFile?: IncomingTools['fetchFile'];
}

/** The app with a notebook, and what a test says in the place of what reads files. */
export async function showIncoming({ notebook = used, summary = {}, fetchFile }: Incoming = {}) {
  await fitWindow(1280, 800);
  const reader = new HandReader();
  reader.summary = buildImportSummary({ items: course, ...summary });
  const tools = createHandTools(reader, fetchFile);
  const opened = await openWorkspace(notebook, undefined, tools);
  const screen = await render(App, { workspace: opened.workspace, packagesUrl: 'packages.json' });
  const dialog = screen.getByRole('dialog', { name: /^Import/ });
  const reloads: string[] = [];
  /** What is told once the page is loaded anew. */
  const words: string[] = [];
  vi.spyOn(opened.workspace.workspaces, 'openImported').mockImplementation((id, notebookId, word) => {
    reloads.push(`${id} ${notebookId ?? ''}`);
    words.push(word);
    return Promise.resolve();
  });
  return { ...opened, reader, reloads, words, screen, dialog };
}

import type * as Monaco from 'monaco-editor/editor/editor.api.js';

export type { Monaco };

let loading: Promise<typeof Monaco> | null = null;

/** Loads the editor when it is first needed; it is by far the biggest part of the page. */
export function loadMonaco(): Promise<typeof Monaco> {
  loading ??= import('./monaco-setup.ts').then(({ monaco }) => monaco);
  return loading;
}

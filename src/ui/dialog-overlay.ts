import { getContext, setContext, type Component } from 'svelte';

const key = Symbol('what is shown in dialogs');

/** Has every dialog below show this, as nothing outside an open one can be used. */
export function setDialogOverlay(overlay: Component): void {
  setContext(key, overlay);
}

/** What dialogs show beside their content; undefined where nothing was set. */
export function getDialogOverlay(): Component | undefined {
  return getContext(key);
}

import { getContext, setContext, type Component } from 'svelte';

const key = Symbol('what is shown in dialogs');
const roomKey = Symbol('what dialogs wait for');

/** What a dialog says to what it shows beside its content. */
export interface OverlayProps {
  /** Where there is room: at the foot of a dialog that fills the window, else beside the dialog. */
  readonly place: 'foot' | 'beside';
}

/** Has every dialog below show this, as nothing outside an open one can be used. */
export function setDialogOverlay(overlay: Component<OverlayProps>): void {
  setContext(key, overlay);
}

/** What dialogs show beside their content; undefined where nothing was set. */
export function getDialogOverlay(): Component<OverlayProps> | undefined {
  return getContext(key);
}

/** Has every dialog below wait for this before it is shown, as where there is room for it is not known at once. */
export function setDialogRoom(find: () => Promise<void>): void {
  setContext(roomKey, find);
}

/** What dialogs wait for; undefined where they need not. */
export function getDialogRoom(): (() => Promise<void>) | undefined {
  return getContext(roomKey);
}

import {
  getHandleKind,
  takesDataset,
  type InputHandle,
  type InputValue,
  type JsonSchema,
} from '../../model/handles.ts';

/**
 * The value of an input that gets another schema; null where that is none for it. A secret stays only where it stays
 * one: else it would be shown.
 */
export function keepValue({ value, schema: before }: InputHandle, schema: JsonSchema): InputValue | null {
  switch (value?.kind) {
    case 'secret':
      return getHandleKind({ schema }) === 'secret' ? value : null;
    case 'dataset':
      return takesDataset({ schema }) ? value : null;
    case 'json':
      // What was no secret before is none now: it was shown to everybody.
      return (getHandleKind({ schema }) === 'secret') === (getHandleKind({ schema: before }) === 'secret')
        ? value
        : null;
    case undefined:
      return null;
  }
}

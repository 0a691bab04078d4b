import { assertNever } from '../shared/assert-never.ts';
import { getHandleKind, type InputHandle, type OutputHandle } from './handles.ts';
import type { Cell } from './notebook.ts';

/** What of a cell, beside its source, decides what its job does. */
export type JobSetup =
  | { readonly kind: 'data-generator'; readonly generateEmptyDataset: boolean }
  | {
      readonly kind: 'scriptlet';
      /** Without values, and defaults of secrets, which are told by what the job took. */
      readonly inputs: readonly InputHandle[];
      readonly outputs: readonly OutputHandle[];
    };

export function getSetup(cell: Cell): JobSetup {
  switch (cell.kind) {
    case 'data-generator':
      return { kind: cell.kind, generateEmptyDataset: cell.configuration.generateEmptyDataset };
    case 'scriptlet':
      return {
        kind: cell.kind,
        inputs: cell.inputs.map(forgetValues),
        outputs: cell.outputs,
      };
    default:
      return assertNever(cell);
  }
}

function forgetValues(input: InputHandle): InputHandle {
  const isSecret = getHandleKind(input) === 'secret';
  return { ...input, value: null, defaultValue: isSecret ? null : input.defaultValue };
}

/** Whether two setups have the same effect: a description has none. */
export function isSameSetup(one: JobSetup, other: JobSetup): boolean {
  return writeSetup(one) === writeSetup(other);
}

/** A text that is equal where setups have the same effect. */
export function writeSetup(setup: JobSetup): string {
  if (setup.kind === 'data-generator') return JSON.stringify([setup.kind, setup.generateEmptyDataset]);
  const inputs = setup.inputs.map(({ name, schema, isNullable, defaultValue }) => [
    name,
    schema,
    isNullable,
    defaultValue,
  ]);
  const outputs = setup.outputs.map(({ name, schema }) => [name, schema]);
  return JSON.stringify([setup.kind, inputs, outputs]);
}

import { assertNever } from '../shared/assert-never.ts';
import type { FindSchema, SchemaField, SchemaId } from './data-schema.ts';
import { getHandleKind, type InputHandle, type OutputHandle } from './handles.ts';
import type { ManualType } from './manual-types.ts';
import type { ModelConfiguration } from './model-configuration.ts';
import type { Processor } from './notebook.ts';

/** What of a cell, beside its source, decides what its job does. */
export type JobSetup =
  | {
      readonly kind: 'data-generator';
      readonly generateEmptyDataset: boolean;
      readonly manualTypes: readonly ManualType[];
      readonly models: ModelConfiguration;
    }
  | {
      readonly kind: 'scriptlet';
      /** Without values, and defaults of secrets, which are told by what the job took. */
      readonly inputs: readonly InputHandle[];
      readonly outputs: readonly OutputHandle[];
    }
  | {
      readonly kind: 'statement';
      readonly isBulk: boolean;
      readonly isAppending: boolean;
      readonly checkpointColumn: string | null;
      /** The fields of its data schemas, as they were; null where it has none. */
      readonly inputFields: readonly SchemaField[] | null;
      readonly outputFields: readonly SchemaField[] | null;
    };

export function getSetup(cell: Processor, findSchema: FindSchema): JobSetup {
  switch (cell.kind) {
    case 'data-generator': {
      const { generateEmptyDataset, manualTypes, models } = cell.configuration;
      return { kind: cell.kind, generateEmptyDataset, manualTypes, models };
    }
    case 'scriptlet':
      return {
        kind: cell.kind,
        inputs: cell.inputs.map(forgetValues),
        outputs: cell.outputs,
      };
    case 'statement': {
      const { isBulk, isAppending, checkpointColumn, inputSchema, outputSchema } = cell.configuration;
      const findFields = (id: SchemaId | null): readonly SchemaField[] | null =>
        id === null ? null : (findSchema(id)?.fields ?? null);
      return {
        kind: cell.kind,
        isBulk,
        isAppending,
        checkpointColumn,
        inputFields: findFields(inputSchema),
        outputFields: findFields(outputSchema),
      };
    }
    default:
      return assertNever(cell);
  }
}

/** The fields that the rows of its output were checked by; none where they were not. */
export function getCheckedFields(setup: JobSetup): readonly SchemaField[] {
  return setup.kind === 'statement' ? (setup.outputFields ?? []) : [];
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
  switch (setup.kind) {
    case 'data-generator': {
      const { kind, generateEmptyDataset, manualTypes, models } = setup;
      const types = manualTypes.map(({ column, scale, representation }) => [column, scale, representation]);
      return JSON.stringify([kind, generateEmptyDataset, types, writeModels(models)]);
    }
    case 'scriptlet':
      return writeHandles(setup);
    case 'statement': {
      const { kind, isBulk, isAppending, checkpointColumn, inputFields, outputFields } = setup;
      const fields = [inputFields, outputFields].map((list) => list && writeFields(list));
      return JSON.stringify([kind, isBulk, isAppending, checkpointColumn, ...fields]);
    }
  }
}

function writeModels({ load, loadGroups, save, saveGroups }: ModelConfiguration): unknown {
  return [
    load.map(({ name, version }) => [name, version]),
    loadGroups,
    save.map(({ mode, name }) => [mode, name]),
    saveGroups.map(({ name, models }) => [name, models]),
  ];
}

function writeFields(fields: readonly SchemaField[]): unknown {
  return fields.map(({ name, type, isNullable }) => [name, type, isNullable]);
}

function writeHandles(setup: Extract<JobSetup, { kind: 'scriptlet' }>): string {
  const inputs = setup.inputs.map(({ name, schema, isNullable, defaultValue }) => [
    name,
    schema,
    isNullable,
    defaultValue,
  ]);
  const outputs = setup.outputs.map(({ name, schema }) => [name, schema]);
  return JSON.stringify([setup.kind, inputs, outputs]);
}

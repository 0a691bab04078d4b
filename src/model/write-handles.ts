import type { InputHandle, OutputHandle } from './handles.ts';

interface Handles {
  readonly inputHandles: readonly InputHandle[];
  readonly outputHandles: readonly OutputHandle[];
}

/** Handles as Python reads them; `HandlePayload` in `_wire.py` is the other side. */
export function writeHandles({ inputHandles, outputHandles }: Handles): object {
  return {
    inputsDef: inputHandles.map((input) => writeHandle(input, input.defaultValue)),
    outputsDef: outputHandles.map((output) => writeHandle(output, null)),
  };
}

function writeHandle(handle: OutputHandle, defaultValue: string | null): object {
  const { name, description, schema, isNullable, isAdditional } = handle;
  return {
    name,
    description,
    schema: JSON.stringify(schema),
    nullable: isNullable,
    defaultValue,
    isAdditional,
  };
}

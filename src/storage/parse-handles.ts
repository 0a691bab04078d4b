import * as v from 'valibot';
import type { InputHandle, InputValue, JsonSchema, OutputHandle } from '../model/handles.ts';
import { stored, summary } from './parse-basics.ts';

/** Written by this app, and as deep as what was typed: what is within is looked at by whoever uses it. */
const jsonSchema = v.custom<JsonSchema>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Expected a JSON Schema',
);

const handle = {
  name: v.string(),
  description: v.string(),
  schema: jsonSchema,
  isNullable: v.boolean(),
  isAdditional: v.boolean(),
};

const inputValue: v.GenericSchema<unknown, InputValue> = v.variant('kind', [
  v.object({ kind: v.picklist(['json', 'secret']), text: v.string() }),
  v.object({ kind: v.literal('dataset'), title: v.string(), summary, ...stored }),
]);

export const inputHandle: v.GenericSchema<unknown, InputHandle> = v.object({
  ...handle,
  defaultValue: v.nullable(v.string()),
  value: v.nullable(inputValue),
});

export const inputHandles: v.GenericSchema<unknown, InputHandle[]> = v.array(inputHandle);

export const outputHandles: v.GenericSchema<unknown, OutputHandle[]> = v.array(v.object(handle));

import { getHandleKind, handleMediaTypes, type JsonSchema } from '../../model/handles.ts';

/** The types that a handle is given by picking; `custom` is any other JSON Schema. */
export const handleTypes = [
  'any',
  'text',
  'number',
  'integer',
  'switch',
  'list',
  'object',
  'file',
  'variable',
  'binary',
  'secret',
  'custom',
] as const;

export type HandleType = (typeof handleTypes)[number];

export const handleTypeNames: Readonly<Record<HandleType, string>> = {
  any: 'Anything',
  text: 'Text',
  number: 'Number',
  integer: 'Whole number',
  switch: 'True or false',
  list: 'List',
  object: 'Object',
  file: 'File',
  variable: 'Python object',
  binary: 'Bytes',
  secret: 'Secret',
  custom: 'JSON Schema',
};

const schemas: Readonly<Record<Exclude<HandleType, 'custom'>, JsonSchema>> = {
  any: {},
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  switch: { type: 'boolean' },
  list: { type: 'array' },
  object: { type: 'object' },
  file: { type: 'string', 'ui:widget': 'file' },
  variable: { contentMediaType: handleMediaTypes.variable },
  binary: { contentMediaType: handleMediaTypes.binary },
  secret: { type: 'string', contentMediaType: handleMediaTypes.secret },
};

/** The schema of a type. */
export function getSchema(type: Exclude<HandleType, 'custom'>): JsonSchema {
  return schemas[type];
}

/** The type that a schema is of; `custom` where it says more than the type does. */
export function getHandleType(schema: JsonSchema): HandleType {
  const text = JSON.stringify(schema);
  for (const type of handleTypes) {
    if (type !== 'custom' && JSON.stringify(schemas[type]) === text) return type;
  }
  return 'custom';
}

/** A schema in few words. */
export function describeSchema(schema: JsonSchema): string {
  const type = getHandleType(schema);
  if (type !== 'custom') return handleTypeNames[type];
  const kind = getHandleKind({ schema });
  if (kind !== 'json') return handleTypeNames[kind];
  if (Array.isArray(schema['enum'])) return 'One of some';
  const written: unknown = schema['type'];
  const simple = handleTypes.find((each) => each !== 'custom' && schemas[each]['type'] === written);
  return simple && typeof written === 'string' ? handleTypeNames[simple] : handleTypeNames.custom;
}

import { getHandleKind, handleMediaTypes, type JsonSchema } from '../../model/handles.ts';

/**
 * The types that a handle is given by picking; `choice` is one of some texts, `custom` any other JSON Schema.
 */
export const handleTypes = [
  'any',
  'text',
  'number',
  'integer',
  'switch',
  'choice',
  'date',
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
  choice: 'Choice',
  date: 'Date',
  list: 'List',
  object: 'Object',
  file: 'File',
  variable: 'Python object',
  binary: 'Bytes',
  secret: 'Secret',
  custom: 'JSON Schema',
};

/** The types that have one schema each. */
type PlainType = Exclude<HandleType, 'choice' | 'custom'>;

const schemas: Readonly<Record<PlainType, JsonSchema>> = {
  any: {},
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  switch: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  list: { type: 'array' },
  object: { type: 'object' },
  file: { type: 'string', 'ui:widget': 'file' },
  variable: { contentMediaType: handleMediaTypes.variable },
  binary: { contentMediaType: handleMediaTypes.binary },
  secret: { type: 'string', contentMediaType: handleMediaTypes.secret },
};

const plainTypes = handleTypes.filter((type) => type !== 'choice' && type !== 'custom');

/** The schema of a type. */
export function getSchema(type: PlainType): JsonSchema {
  return schemas[type];
}

/** The schema of a choice between the lines of a text; null where it has none. */
export function createChoice(text: string): JsonSchema | null {
  const lines = text.split('\n').map((line) => line.trim());
  const choices = [...new Set(lines)].filter((line) => line !== '');
  return choices.length > 0 ? { enum: choices } : null;
}

/** What a schema lets choose between, a line each; null where it says more than that, or lists other things than texts. */
export function listChoiceLines(schema: JsonSchema): string | null {
  const choices = schema['enum'];
  if (!Array.isArray(choices)) return null;
  const text = choices.join('\n');
  return JSON.stringify(createChoice(text)) === JSON.stringify(schema) ? text : null;
}

/** The type that a schema is of; `custom` where it says more than the type does. */
export function getHandleType(schema: JsonSchema): HandleType {
  const text = JSON.stringify(schema);
  for (const type of plainTypes) {
    if (JSON.stringify(schemas[type]) === text) return type;
  }
  return listChoiceLines(schema) === null ? 'custom' : 'choice';
}

/** A schema in few words. */
export function describeSchema(schema: JsonSchema): string {
  const type = getHandleType(schema);
  if (type !== 'custom') return handleTypeNames[type];
  const kind = getHandleKind({ schema });
  if (kind !== 'json') return handleTypeNames[kind];
  if (Array.isArray(schema['enum'])) return handleTypeNames.choice;
  const written: unknown = schema['type'];
  const simple = plainTypes.find((type) => schemas[type]['type'] === written);
  return simple && typeof written === 'string' ? handleTypeNames[simple] : handleTypeNames.custom;
}

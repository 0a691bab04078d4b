import { fail, succeed, type Result } from '../shared/result.ts';
import { fieldTypes, type FieldType, type SchemaField } from './data-schema.ts';

/** A schema as it comes from JSON Schema. */
export interface ReadSchema {
  /** The title; empty without one. */
  readonly name: string;
  readonly description: string;
  readonly fields: readonly SchemaField[];
}

type JsonObject = Readonly<Record<string, unknown>>;

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const formats: Partial<Record<FieldType, string>> = { datetime: 'date-time', date: 'date' };

/**
 * The rows of a schema as the text of a JSON Schema: an array of objects with all of its fields, in their order, and no
 * others.
 */
export function writeJsonSchema({ name, description, fields }: ReadSchema): string {
  const schema = {
    $schema: dialect,
    title: name,
    ...(description !== '' && { description }),
    type: 'array',
    items: {
      type: 'object',
      properties: new Map(fields.map((field) => [field.name, writeField(field)])),
      required: fields.map((field) => field.name),
      additionalProperties: false,
    },
  };
  return `${writeJson(schema, '')}\n`;
}

/** A value as JSON. The members of a map keep their order; objects have names such as "1" before all others. */
function writeJson(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + writeJson(item, inner))
    : [...(value instanceof Map ? value : Object.entries(value))].map(
        ([name, member]) => `${inner}${JSON.stringify(name)}: ${writeJson(member, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function writeField({ type, isNullable, description, limits }: SchemaField): JsonObject {
  const format = formats[type];
  const name = format === undefined ? type : 'string';
  return {
    type: isNullable ? [name, 'null'] : name,
    ...(format !== undefined && { format }),
    ...(description !== '' && { description }),
    ...limits,
  };
}

/**
 * Reads the JSON Schema of rows: of an object, or of an array of objects. A property that is not required is a field
 * that may be null. What a field cannot say (limits, patterns, references) is a problem that names the place; what is said
 * of objects and arrays is kept.
 */
export function readJsonSchema(text: string): Result<ReadSchema, string> {
  const schema = parseJson(text);
  if (schema === undefined) return fail('It is no JSON: NaN and Infinity cannot stand in a JSON Schema.');
  if (!isObject(schema)) return fail('A JSON Schema is an object in braces.');
  const isList = schema['type'] === 'array';
  const row = isList ? schema['items'] : schema;
  const place = isList ? 'items' : 'the schema';
  if (!isObject(row) || (row['type'] !== 'object' && !isObject(row['properties']))) {
    return fail(`It describes no rows: ${place} must be of type "object" with "properties".`);
  }
  const properties = row['properties'];
  if (!isObject(properties)) return fail(`There are no "properties" in ${place}.`);
  const required = Array.isArray(row['required']) ? row['required'] : [];
  const fields: SchemaField[] = [];
  for (const name of listNames(text, isList)) {
    const field = readField(name, properties[name], required.includes(name));
    if (!field.isOk) return field;
    fields.push(field.value);
  }
  return succeed({ name: readText(schema['title']), description: readText(schema['description']), fields });
}

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Strings of a JSON text, those that name a member with the colon behind. */
const strings = /"((?:[^"\\]|\\.)*)"(\s*:)?/g;
/** No name of a property looks like a number behind it. */
const mark = '~';

/** The names of the properties as they stand in the text: an object would have those that look like numbers first. */
function listNames(text: string, isList: boolean): string[] {
  const marked = parseJson(
    text.replace(strings, (whole: string, name: string, colon: string | undefined) =>
      colon === undefined ? whole : `"${mark}${name}"${colon}`,
    ),
  );
  const row = isList && isObject(marked) ? marked[`${mark}items`] : marked;
  const properties = isObject(row) ? row[`${mark}properties`] : undefined;
  return isObject(properties) ? Object.keys(properties).map((name) => name.slice(mark.length)) : [];
}

/** What describes a field without narrowing what it holds. */
const describingWords = ['title', 'description', 'examples', 'default', 'deprecated', '$comment'];

function readField(name: string, property: unknown, isRequired: boolean): Result<SchemaField, string> {
  const place = `The property "${name}"`;
  if (!isObject(property)) return fail(`${place} has no schema of its own.`);
  const types = [property['type']].flat();
  const [type, ...others] = types.filter((one) => one !== 'null');
  if (typeof type !== 'string' || others.length > 0) {
    return fail(`${place} must be of one "type", or of one and "null".`);
  }
  const fieldType = findType(type, property['format']);
  if (fieldType === undefined) {
    return fail(`${place} is of the type "${type}", which no field has. There are ${fieldTypes.join(', ')}.`);
  }
  const isNested = fieldType === 'object' || fieldType === 'array';
  const known = ['type', 'format', ...describingWords];
  const unknown = isNested ? undefined : Object.keys(property).find((word) => !known.includes(word));
  if (unknown !== undefined)
    return fail(`${place} says "${unknown}", which a field cannot keep. Take it out.`);
  const limits = Object.entries(property).filter(
    ([word]) => isNested && !['type', 'description'].includes(word),
  );
  return succeed({
    name,
    type: fieldType,
    isNullable: !isRequired || types.includes('null'),
    description: readText(property['description']),
    ...(limits.length > 0 && { limits: Object.fromEntries(limits) }),
  });
}

/** A text with a format that no field has is a text. */
function findType(type: string, format: unknown): FieldType | undefined {
  if (type !== 'string') return fieldTypes.find((known) => known === type && formats[known] === undefined);
  return fieldTypes.find((known) => formats[known] !== undefined && formats[known] === format) ?? 'string';
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createIdKind, type Branded } from '../shared/brand.ts';
import type { ColumnSummary, DatasetSummary } from './dataset.ts';
import type { WorkspaceId } from './ids.ts';

export type SchemaId = Branded<'SchemaId'>;
export const SchemaId = createIdKind<SchemaId>();

/** What a field holds. Objects and arrays are stored as JSON texts. */
export const fieldTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'datetime',
  'date',
  'object',
  'array',
] as const;

export type FieldType = (typeof fieldTypes)[number];

export interface SchemaField {
  readonly name: string;
  readonly type: FieldType;
  /** Rows may hold a null instead. */
  readonly isNullable: boolean;
  readonly description: string;
  /**
   * What else the JSON Schema that it came from says of an object or an array, `items` say, or `maxItems`. It is written
   * into one again, and rows are not checked by it.
   */
  readonly limits?: Readonly<Record<string, unknown>>;
}

/** What the rows of a Statement's input or output hold: these fields, all of them and no others. */
export interface DataSchema {
  readonly id: SchemaId;
  readonly workspaceId: WorkspaceId;
  /** No other schema of the workspace has it. */
  readonly name: string;
  readonly description: string;
  /** In their order; no two of one name. */
  readonly fields: readonly SchemaField[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The data schema of this id; null where it is gone. */
export type FindSchema = (id: SchemaId) => DataSchema | null;

/** The most that a name of a schema or a field can have, in characters. */
export const longestName = 200;

/** Every kind of thing that is wrong with what a person wrote into a schema, as sentences, for the place where it is. */
export interface SchemaProblems {
  readonly name: string | null;
  /** One for each field, null where there is nothing wrong. */
  readonly fields: readonly (string | null)[];
  /** Of the schema as a whole. */
  readonly whole: string | null;
}

/** Looks at a schema as it is being written. `takenNames` are those of the other schemas of the workspace. */
export function findSchemaProblems(
  { name, fields }: Pick<DataSchema, 'name' | 'fields'>,
  takenNames: readonly string[],
): SchemaProblems {
  return {
    name: findNameProblem(name, takenNames),
    fields: fields.map((field, index) => findFieldProblem(field, index, fields)),
    whole: fields.length === 0 ? 'A schema has one field at least.' : null,
  };
}

export function hasProblems({ name, fields, whole }: SchemaProblems): boolean {
  return [name, whole, ...fields].some((problem) => problem !== null);
}

function findNameProblem(name: string, taken: readonly string[]): string | null {
  if (name.trim() === '') return 'Give it a name.';
  if (name.length > longestName) return `A name has at most ${longestName} characters.`;
  return taken.includes(name) ? `There is a schema “${name}” already.` : null;
}

function findFieldProblem(
  { name }: SchemaField,
  index: number,
  fields: readonly SchemaField[],
): string | null {
  if (name === '') return 'Give the field a name.';
  if (name.length > longestName) return `A name has at most ${longestName} characters.`;
  const first = fields.findIndex((other) => other.name === name);
  return first < index ? `Field ${first + 1} has this name.` : null;
}

/**
 * The fields that the columns of a dataset are. Of columns with one name the last counts, as in its rows. `declared` are
 * those that its rows were checked by, if any: they tell which texts are the JSON of objects and arrays.
 */
export function inferFields(
  { columns }: DatasetSummary,
  declared: readonly SchemaField[] = [],
): SchemaField[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return [...byName.values()].map((column) => ({
    name: column.name,
    type: findNestedType(column, declared) ?? inferType(column),
    isNullable: true,
    description: '',
  }));
}

function findNestedType({ name, type }: ColumnSummary, declared: readonly SchemaField[]): FieldType | null {
  const field = type === 'string' ? declared.find((each) => each.name === name) : undefined;
  return field?.type === 'object' || field?.type === 'array' ? field.type : null;
}

function inferType({ type }: ColumnSummary): FieldType {
  switch (type) {
    case 'bool':
      return 'boolean';
    case 'int64':
    case 'uint64':
    case 'integer':
      return 'integer';
    case 'float64':
      return 'number';
    case 'date':
      return 'date';
    case 'datetime':
      return 'datetime';
    default:
      return 'string';
  }
}

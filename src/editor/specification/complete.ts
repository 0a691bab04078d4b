import { findPlace, propertySchemas } from './find-place.ts';
import { parseJsonTree } from './json-tree.ts';
import type { Schema, SchemaBook } from './schema.ts';

/** What may be written in a place. */
export interface Suggestion {
  /** As it is shown. */
  readonly label: string;
  /** As it is written, JSON. */
  readonly text: string;
  readonly kind: 'property' | 'value' | 'column';
  /** Markdown. */
  readonly description: string;
}

export interface Completion {
  /** What the suggestions take the place of; both are offsets. */
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
}

/** Properties whose values are names of columns. */
const columnProperties = [
  'field',
  'groupby',
  'fold',
  'pivot',
  'key',
  'sort',
  'op',
  'stack',
  'impute',
  'flatten',
];

/** What may stand at an offset of a JSON text, by its schema; `columns` are the names that fields may have. */
export function complete(
  text: string,
  offset: number,
  book: SchemaBook,
  columns: readonly string[],
): Completion {
  const place = findPlace(parseJsonTree(text), offset, book);
  const { object, property, value, name, schemas } = place;
  if (object) {
    const used = new Set(object.properties.filter((each) => each !== property).map((each) => each.name));
    const suggestions = listProperties(schemas, used, book, property?.value === null || property === null);
    return { start: property?.start ?? offset, end: property?.end ?? offset, suggestions };
  }
  const isColumn = name !== null && columnProperties.includes(name) && takesTexts(schemas);
  const suggestions = [...(isColumn ? columns.map(suggestColumn) : []), ...listValues(schemas)];
  return { start: value?.start ?? offset, end: value?.end ?? offset, suggestions };
}

function listProperties(
  schemas: ReadonlySet<Schema>,
  used: ReadonlySet<string>,
  book: SchemaBook,
  isNew: boolean,
): Suggestion[] {
  const names = new Set([...schemas].flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...names]
    .filter((name) => !used.has(name))
    .map((name): Suggestion => {
      const inner = [...propertySchemas(schemas, name, book)];
      const value = isNew ? `: ${startValue(inner)}` : '';
      const description = findDescription(schemas, name, book);
      return { label: name, text: `${JSON.stringify(name)}${value}`, kind: 'property', description };
    });
}

/** What the first words of a value of a property are. */
function startValue(schemas: readonly Schema[]): string {
  const types = new Set(schemas.flatMap(({ type }) => type ?? []));
  if (types.size !== 1) return '';
  if (types.has('object')) return '{}';
  if (types.has('array')) return '[]';
  return '';
}

/** What a property is for. */
export function findDescription(schemas: ReadonlySet<Schema>, name: string, book: SchemaBook): string {
  for (const { properties = {} } of schemas) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const description = own && (own.description ?? book.resolve(own).description);
    if (description !== undefined) return description;
  }
  return '';
}

function listValues(schemas: ReadonlySet<Schema>): Suggestion[] {
  const words = [...schemas].flatMap((schema): readonly unknown[] => {
    if (schema.enum) return schema.enum;
    if (schema.const !== undefined) return [schema.const];
    const types = [schema.type ?? []].flat();
    return [...(types.includes('boolean') ? [true, false] : []), ...(types.includes('null') ? [null] : [])];
  });
  return [...new Set(words)].map((word): Suggestion => {
    const text = JSON.stringify(word);
    return { label: typeof word === 'string' ? word : text, text, kind: 'value', description: '' };
  });
}

function takesTexts(schemas: ReadonlySet<Schema>): boolean {
  return [...schemas].some(
    ({ type, enum: words }) => words === undefined && [type ?? []].flat().includes('string'),
  );
}

function suggestColumn(name: string): Suggestion {
  // As Vega-Lite has it, a dot or bracket would lead into objects.
  const field = name.replace(/[\\.[\]]/g, '\\$&');
  return {
    label: name,
    text: JSON.stringify(field),
    kind: 'column',
    description: 'A column of the dataset.',
  };
}

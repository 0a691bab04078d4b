import type { JsonNode, JsonProperty } from './json-tree.ts';
import { findItemSchema, type Schema, type SchemaBook } from './schema.ts';

/** Where a cursor stands in a JSON text. */
export interface TreePlace {
  /** The schemas that what stands there may follow. */
  readonly schemas: ReadonlySet<Schema>;
  /** The name of the property whose value it is in. */
  readonly name: string | null;
  /** The object around it; null in a value that is none. */
  readonly object: Extract<JsonNode, { kind: 'object' }> | null;
  /** The property whose name the cursor is in; the schemas are those of its object. */
  readonly property: JsonProperty | null;
  /** The value that the cursor is in, where that is no object. */
  readonly value: JsonNode | null;
}

/** Finds what stands at an offset, and the schemas for it. */
export function findPlace(root: JsonNode | null, offset: number, book: SchemaBook): TreePlace {
  let place: TreePlace = {
    schemas: book.expand(book.root),
    name: null,
    object: null,
    property: null,
    value: null,
  };
  let node = root;
  while (node) {
    if (node.kind === 'array') {
      const item: JsonNode | undefined = node.items.find((each) => holds(each, offset));
      place = { ...place, schemas: itemSchemas(place.schemas, node, item, book), object: null, value: null };
      node = item ?? null;
      continue;
    }
    if (node.kind !== 'object') return { ...place, object: null, value: node };
    const schemas = keepFitting(place.schemas, node, book);
    const named = node.properties.find(({ start, end }) => offset >= start && offset <= end);
    if (named) return { ...place, schemas, object: node, property: named };
    const property = findValueProperty(node, offset);
    place = { ...place, schemas, object: property ? null : node, property: null, value: null };
    if (!property) return place;
    place = { ...place, schemas: propertySchemas(schemas, property.name, book), name: property.name };
    node = property.value;
  }
  return place;
}

/** The schemas of a property of objects that follow these. */
export function propertySchemas(schemas: ReadonlySet<Schema>, name: string, book: SchemaBook): Set<Schema> {
  const found = new Set<Schema>();
  for (const { properties = {}, additionalProperties } of schemas) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own) book.expand(own, found);
    else if (typeof additionalProperties === 'object') book.expand(additionalProperties, found);
  }
  return found;
}

function holds({ start, end }: JsonNode, offset: number): boolean {
  return offset >= start && offset <= end;
}

/** The property whose value the cursor is in, or would begin. */
function findValueProperty(
  node: Extract<JsonNode, { kind: 'object' }>,
  offset: number,
): JsonProperty | undefined {
  return node.properties.find(({ end, value }, index) => {
    if (value)
      return offset > end && offset <= value.end && (offset >= value.start || value.kind !== 'object');
    const next = node.properties[index + 1]?.start ?? node.end;
    return offset > end && offset < next;
  });
}

function itemSchemas(
  schemas: ReadonlySet<Schema>,
  node: Extract<JsonNode, { kind: 'array' }>,
  item: JsonNode | undefined,
  book: SchemaBook,
): Set<Schema> {
  const found = new Set<Schema>();
  const index = item ? node.items.indexOf(item) : node.items.length;
  for (const each of schemas) {
    const schema = findItemSchema(each, index);
    if (schema) book.expand(schema, found);
  }
  return found;
}

/** Those that no word of the object speaks against, as its `"type": "quantitative"` may; all where none is left. */
function keepFitting(
  schemas: ReadonlySet<Schema>,
  node: Extract<JsonNode, { kind: 'object' }>,
  book: SchemaBook,
): Set<Schema> {
  const objects = [...schemas].filter(
    ({ properties, additionalProperties }) => properties ?? additionalProperties,
  );
  const fitting = objects.filter((schema) =>
    node.properties.every(({ name, value }) => {
      const own = schema.properties?.[name];
      if (!own) return schema.additionalProperties !== false;
      if (value?.kind !== 'string') return true;
      const expanded = [...book.expand(own)];
      const words = expanded.map((each) => each.enum ?? (each.const === undefined ? null : [each.const]));
      return words.some((list) => list === null || list.includes(value.value));
    }),
  );
  return new Set(fitting.length > 0 ? fitting : objects);
}

/** The part of JSON Schema that the schema of Vega-Lite uses. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minProperties?: number;
}

/** A schema whose parts name one another. */
export class SchemaBook {
  readonly root: Schema;
  readonly #definitions: Readonly<Record<string, Schema>>;

  constructor({ definitions, ...root }: Schema & { readonly definitions: Readonly<Record<string, Schema>> }) {
    this.root = root;
    this.#definitions = definitions;
  }

  /** What a reference stands for. A description beside it is closer to its place. */
  resolve(schema: Schema): Schema {
    let resolved = schema;
    for (let steps = 0; resolved.$ref !== undefined && steps < 50; steps++) {
      const name = decodeURIComponent(resolved.$ref.replace('#/definitions/', ''));
      const { description } = resolved;
      const found: Schema = this.#definitions[name] ?? this.#definitions[resolved.$ref.slice(14)] ?? {};
      resolved = found.$ref !== undefined && description !== undefined ? { ...found, description } : found;
    }
    return resolved;
  }

  /** The alternatives that a schema leaves, each without alternatives of its own. */
  expand(schema: Schema, found = new Set<Schema>()): Set<Schema> {
    const resolved = this.resolve(schema);
    if (found.has(resolved)) return found;
    if (!resolved.anyOf) return found.add(resolved);
    for (const each of resolved.anyOf) this.expand(each, found);
    return found;
  }
}

/** The schema of an element of a list. */
export function findItemSchema({ items }: Schema, index: number): Schema | undefined {
  return isList(items) ? items[index] : items;
}

function isList(items: Schema['items']): items is readonly Schema[] {
  return Array.isArray(items);
}

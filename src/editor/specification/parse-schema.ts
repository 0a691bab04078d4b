import { SchemaBook, type Schema } from './schema.ts';

/** The schema that ships with Vega-Lite, but for `data`, which no view has to have. */
export function parseSchema(text: string): SchemaBook {
  const { definitions, ...root } = JSON.parse(text) as Schema & {
    readonly definitions: Readonly<Record<string, Schema>>;
  };
  const eased = Object.entries(definitions).map(([name, schema]): [string, Schema] => [
    name,
    schema.required ? { ...schema, required: schema.required.filter((each) => each !== 'data') } : schema,
  ]);
  return new SchemaBook({ ...root, definitions: Object.fromEntries(eased) });
}

import type { SchemaBook } from './schema.ts';
import { parseSchema } from './parse-schema.ts';

/** The schema of Vega-Lite for charts that need not name their data: that is the dataset of their input. */
export async function loadVegaLiteSchema(): Promise<SchemaBook> {
  const { default: text } = await import('vega-lite/vega-lite-schema.json?raw');
  return parseSchema(text);
}

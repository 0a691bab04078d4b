import type { JsonSchema, JsonValue } from '../../model/handles.ts';

/** A JSON Schema as it was typed; null where the text is none. */
export function parseJsonSchema(text: string): JsonSchema | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonSchema)
      : null;
  } catch {
    return null;
  }
}

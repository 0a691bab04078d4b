import { findDescription } from './complete.ts';
import { findPlace } from './find-place.ts';
import { parseJsonTree } from './json-tree.ts';
import type { SchemaBook } from './schema.ts';

/** What is to be said of a place in a text. */
export interface PlaceNote {
  readonly start: number;
  readonly end: number;
  /** Markdown. */
  readonly text: string;
}

/** What the property is for whose name stands at an offset; null where there is none. */
export function describePlace(text: string, offset: number, book: SchemaBook): PlaceNote | null {
  const { property, schemas } = findPlace(parseJsonTree(text), offset, book);
  if (!property) return null;
  const description = findDescription(schemas, property.name, book);
  return description === '' ? null : { start: property.start, end: property.end, text: description };
}

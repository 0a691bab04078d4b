import { findClose } from '../../shared/find-close.ts';
import { drawsInput, isVega, listInnerViews } from './chart-views.ts';
import { toField } from './field-names.ts';
import { isObject, type JsonObject } from './json-values.ts';

/** A field that a specification reads, and its dataset does not have. */
export interface UnknownField {
  /** As it is written. */
  readonly field: string;
  /** A sentence for the reader. */
  readonly message: string;
}

/** What transforms call their columns where they say nothing of that. */
const standardNames: Readonly<Record<string, readonly string[]>> = {
  fold: ['key', 'value'],
  density: ['value', 'density'],
  quantile: ['prob', 'value'],
};

const mostNamed = 10;
const longestName = 100;

/**
 * The fields of encodings that no column of the dataset is and no transform makes, each once: of those Vega-Lite draws a bar
 * called “undefined”, or nothing. None where it cannot be told.
 */
export function findUnknownFields(specification: JsonObject, columns: readonly string[]): UnknownField[] {
  if (isVega(specification)) return [];
  const made = new Set<string>();
  const isKnowable = collectMade(specification, made);
  if (!isKnowable) return [];
  const fields = new Set<string>();
  collectOfViews(specification, true, [], fields);
  const isKnown = (field: string): boolean => {
    const [name, rest] = splitField(field);
    // A transform may make objects; no column holds any.
    return field === '*' || made.has(name) || (rest === '' && columns.includes(name));
  };
  const unknown = [...fields].filter((field) => !isKnown(field)).slice(0, mostNamed);
  return unknown.map((field) => ({ field, message: describeUnknown(field, columns) }));
}

function describeUnknown(field: string, columns: readonly string[]): string {
  if (columns.includes(field)) {
    const written = JSON.stringify(toField(field).slice(0, longestName));
    return `Dots and brackets of “${field.slice(0, longestName)}” lead into values. Write ${written} for the column.`;
  }
  const close = findClose(splitField(field)[0], columns);
  const hint = close === null ? '' : ` Did you mean “${close.slice(0, longestName)}”?`;
  return `There is no column “${field.slice(0, longestName)}” in the dataset.${hint}`;
}

/** The name that a field begins with, and what leads on into the value. */
function splitField(field: string): readonly [string, string] {
  const [name = ''] = /^(?:[^\\.[\]]|\\.)*/s.exec(field) ?? [];
  return [name.replace(/\\(.)/gs, '$1'), field.slice(name.length)];
}

/** The names that its transforms make; false where those depend on what the rows hold. */
function collectMade(value: unknown, made: Set<string>, isTransform = false): boolean {
  if (Array.isArray(value)) return value.every((each) => collectMade(each, made, isTransform));
  if (!isObject(value)) return true;
  if (isTransform && 'pivot' in value) return false;
  return Object.entries(value).every(([name, inner]) => {
    if (name === 'values' || name === 'datasets') return true;
    if (isTransform && (name === 'as' || name === 'fields')) {
      for (const text of listTexts(inner)) made.add(text).add(`${text}_end`);
    }
    if (isTransform) for (const standard of standardNames[name] ?? []) made.add(standard);
    return collectMade(inner, made, isTransform || name === 'transform');
  });
}

/** A view draws by the encodings of those around it, too. */
function collectOfViews(
  view: JsonObject,
  isInherited: boolean,
  around: readonly unknown[],
  fields: Set<string>,
): void {
  const isOfInput = drawsInput(view, isInherited);
  const parts = [...around, view['encoding'], view['facet']];
  const { repeat } = view;
  const repeated = isObject(repeat) ? Object.values(repeat) : [repeat];
  if (isOfInput) for (const field of repeated.flatMap(listTexts)) fields.add(field);
  if (isOfInput && 'mark' in view) collectFields(parts, fields);
  for (const inner of listInnerViews(view)) collectOfViews(inner, isOfInput, parts, fields);
}

function collectFields(value: unknown, fields: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collectFields(each, fields);
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'field' && typeof inner === 'string') fields.add(inner);
    else collectFields(inner, fields);
  }
}

function listTexts(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === 'string');
}

import { getPathHint } from '../../model/file-inputs.ts';
import { getHandleKind, type JsonSchema, type JsonValue } from '../../model/handles.ts';

/**
 * What a value is given with. `file` names a file of the notebook, `path` any place in Python's file system; for an
 * `object` a person has datasets alone to give.
 */
export type Widget =
  | 'text'
  | 'long-text'
  | 'number'
  | 'switch'
  | 'choice'
  | 'json'
  | 'secret'
  | 'file'
  | 'path'
  | 'object'
  | 'date'
  | 'date-time'
  | 'time'
  | 'color'
  | 'uri'
  | 'email';

/** Texts that may be longer than this are given more than a line. */
const longestLine = 200;

/** The widget for values of a schema. */
export function chooseWidget(schema: JsonSchema): Widget {
  switch (getHandleKind({ schema })) {
    case 'secret':
      return 'secret';
    case 'variable':
      return 'object';
    case 'binary':
      return 'file';
    case 'json':
      return Array.isArray(schema['enum']) ? 'choice' : chooseByType(schema);
  }
}

function chooseByType(schema: JsonSchema): Widget {
  switch (getOnlyType(schema)) {
    case 'string':
      return chooseForText(schema);
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'switch';
    default:
      return 'json';
  }
}

function chooseForText(schema: JsonSchema): Widget {
  const hint = getPathHint(schema);
  if (hint) return hint === 'file' ? 'file' : 'path';
  const { 'ui:widget': widget, format, maxLength } = schema;
  for (const name of [widget, format]) {
    switch (name) {
      case 'date':
      case 'date-time':
      case 'time':
      case 'color':
      case 'email':
      case 'uri':
        return name;
      case 'url':
        return 'uri';
      case 'text':
      case 'textarea':
        return 'long-text';
    }
  }
  return typeof maxLength === 'number' && maxLength > longestLine ? 'long-text' : 'text';
}

/** The one type of a schema, beside null; undefined where it has none or several. */
export function getOnlyType({ type }: JsonSchema): JsonValue | undefined {
  if (!Array.isArray(type)) return type;
  const types = listValues(type).filter((each) => each !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

/** One of the values that a schema allows. */
export interface Choice {
  /** JSON. */
  readonly json: string;
  readonly label: string;
}

/** The values that a schema lists, with the labels that OOMOL's `ui:options` give them. */
export function listChoices(schema: JsonSchema): Choice[] {
  const labels = listOptions(schema, 'labels');
  return listValues(schema['enum']).map((value, index) => {
    const label = labels[index];
    const json = JSON.stringify(value);
    return { json, label: typeof label === 'string' ? label : typeof value === 'string' ? value : json };
  });
}

/** What the browser's file picker is to show first, as its `accept` has it, from OOMOL's filters; null for all. */
export function listFileEndings(schema: JsonSchema): string | null {
  const endings = listOptions(schema, 'filters').flatMap((filter) =>
    typeof filter === 'object' && filter !== null && 'extensions' in filter
      ? listValues(filter.extensions)
      : [],
  );
  const plain = endings.filter(
    (ending): ending is string => typeof ending === 'string' && /^\w+$/.test(ending),
  );
  return plain.length > 0 && plain.length === endings.length
    ? plain.map((ending) => `.${ending}`).join(',')
    : null;
}

function listOptions(schema: JsonSchema, name: string): readonly JsonValue[] {
  const options = schema['ui:options'];
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  return isObject && name in options
    ? listValues(Object.entries(options).find(([key]) => key === name)?.[1])
    : [];
}

function listValues(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? [...value] : [];
}

import type { ColumnSummary } from '../dataset.ts';
import { inferScale } from '../infer-scale.ts';
import { mapViews } from './chart-views.ts';
import { fromField } from './field-names.ts';
import { isObject, type JsonObject } from './json-values.ts';

export const fieldTypes = ['quantitative', 'temporal', 'ordinal', 'nominal'] as const;

export type FieldType = (typeof fieldTypes)[number];

/** Of these, the least and the greatest are of the column's own type. */
const keepingOperations: readonly unknown[] = ['min', 'max', undefined];

/** What a column is to a chart, from its scale: as Python has it for frames in `chart_frames.py`. */
export function chooseFieldType(column: ColumnSummary): FieldType {
  const { type } = column;
  const scale = column.scale ?? inferScale(type);
  if (scale === 'nominal' || scale === 'ordinal') return scale;
  if (type === 'date' || type === 'datetime') return 'temporal';
  return isNumeric(column) ? 'quantitative' : 'nominal';
}

export function isNumeric({ type }: ColumnSummary): boolean {
  return type === 'int64' || type === 'uint64' || type === 'float64' || type === 'integer';
}

/** Gives encodings of columns that say no type the one of the column. */
export function fillTypes(specification: JsonObject, columns: readonly ColumnSummary[]): JsonObject {
  const types = new Map(columns.map((column) => [column.name, chooseFieldType(column)]));
  return mapViews(specification, (view, isOfInput) => {
    if (!isOfInput) return view;
    const filled: Record<string, unknown> = { ...view };
    for (const name of ['encoding', 'facet']) {
      const part = view[name];
      if (!isObject(part)) continue;
      filled[name] =
        name === 'facet' && 'field' in part
          ? fillDefinition(part, types)
          : Object.fromEntries(
              Object.entries(part).map(([key, given]) => [key, fillDefinition(given, types)]),
            );
    }
    return filled;
  });
}

function fillDefinition(given: unknown, types: ReadonlyMap<string, FieldType>): unknown {
  if (Array.isArray(given)) return given.map((each) => fillDefinition(each, types));
  if (!isObject(given)) return given;
  const { condition } = given;
  const definition =
    condition === undefined ? given : { ...given, condition: fillDefinition(condition, types) };
  const { field, type, aggregate, bin, timeUnit } = definition;
  if (typeof field !== 'string' || type !== undefined) return definition;
  if (!keepingOperations.includes(aggregate) || (bin !== undefined && bin !== null) || timeUnit) {
    return definition;
  }
  const found = types.get(fromField(field));
  return found ? { ...definition, type: found } : definition;
}

import { DataType, type Field } from 'apache-arrow';
import type { ColumnSummary, DatasetSummary } from '../../model/dataset.ts';
import { scales } from '../../model/manual-types.ts';
import type { TableColumns } from './table-columns.ts';
import { scaleKey, typeKey } from './arrow-fields.ts';

/** What an Arrow table holds, from its schema alone. */
export function summarise({ rowCount, schema }: TableColumns): DatasetSummary {
  return { rowCount, columns: schema.fields.map(summariseField) };
}

/** What a field of an Arrow schema says of its column. */
export function summariseField(field: Field): ColumnSummary {
  const { type } = field;
  const timeZone = DataType.isTimestamp(type) ? type.timezone || null : null;
  const given = field.metadata.get(scaleKey);
  const scale = scales.find((word) => word === given);
  return {
    // apache-arrow reads an empty name back as null.
    name: field.name || '',
    type: columnTypeOf(type, field.metadata.get(typeKey)),
    timeZone,
    ...(scale && { scale }),
  };
}

/** Arrow has more types than the model: each goes by the nearest, and by `string` where only its text is of use. */
function columnTypeOf(type: DataType, marked: string | undefined): ColumnSummary['type'] {
  if (DataType.isDictionary(type)) return columnTypeOf(type.dictionary, marked);
  if (DataType.isNull(type)) return 'null';
  if (DataType.isBool(type)) return 'bool';
  if (DataType.isInt(type)) return type.isSigned ? 'int64' : 'uint64';
  if (DataType.isFloat(type)) return 'float64';
  if (DataType.isDate(type)) return 'date';
  if (DataType.isTimestamp(type)) return 'datetime';
  if (DataType.isUnion(type)) return 'mixed';
  if (type.children !== null && type.children !== undefined && type.children.length > 0) return 'nested';
  if (DataType.isStruct(type)) return 'nested';
  return marked === 'integer' ? 'integer' : 'string';
}

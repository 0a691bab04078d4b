import { DataType, type Data, type Field } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { timeUnitOf } from './arrow-fields.ts';
import { refuseType } from './column-problem.ts';
import { joinBooleans, joinValidity } from './join-bits.ts';
import { joinDictionaries } from './join-dictionaries.ts';
import { joinNumbers, numberCopyOf } from './join-numbers.ts';
import { joinTexts } from './join-texts.ts';
import { joinUnions } from './join-unions.ts';
import { joinViews } from './join-views.ts';
import { lengthOf } from './pieces.ts';
import { summariseField } from './summarise.ts';

type Content = Pick<ColumnBuffers, 'values'> &
  Partial<Pick<ColumnBuffers, 'offsets' | 'timeUnit' | 'children'>>;

/** A column from its pieces, one of each batch, in new buffers. Throws a `ColumnProblem` where it cannot be. */
export function joinColumn(field: Field, pieces: readonly Data[]): ColumnBuffers {
  if (DataType.isDictionary(field.type)) return joinDictionaries(field, field.type, pieces);
  const { name, type, timeZone, scale } = summariseField(field);
  if (type === 'nested') return refuseType(field.type);
  const length = lengthOf(pieces);
  // The content first: it tells whether the pieces are as long as the file says, before bits are made for them.
  const content = joinContent(field.type, pieces);
  return {
    name,
    type,
    length,
    ...(type === 'null' ? { nullCount: length, validity: null } : joinValidity(pieces)),
    offsets: null,
    timeUnit: null,
    timeZone,
    children: [],
    ...(scale && { scale }),
    ...content,
  };
}

function joinContent(type: DataType, pieces: readonly Data[]): Content {
  if (DataType.isNull(type)) return { values: null };
  if (DataType.isBool(type)) return { values: joinBooleans(pieces) };
  if (DataType.isUnion(type)) return joinUnions(type, pieces);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return joinTexts(pieces);
  if (DataType.isUtf8View(type)) return joinViews(pieces);
  const values = joinNumbers(pieces, numberCopyOf(type) ?? refuseType(type));
  return DataType.isTimestamp(type) ? { values, timeUnit: timeUnitOf(type.unit) } : { values };
}

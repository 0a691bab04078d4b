import {
  columnTypes,
  timeUnits,
  type ColumnBuffers,
  type ColumnSummary,
  type DatasetBuffers,
  type DatasetSummary,
} from '../model/dataset.ts';
import { scales, type Scale } from '../model/manual-types.ts';
import { bytes, count, field, list, nullable, oneOf, text, type Place } from './parse-fields.ts';

/** The shape only: whether the buffers fit one another is looked at where they are turned into a table. */
export function datasetBuffers(place: Place): DatasetBuffers {
  return {
    rowCount: count(field(place, 'rowCount')),
    columns: list(field(place, 'columns'), columnBuffers),
  };
}

function columnBuffers(place: Place): ColumnBuffers {
  return {
    name: text(field(place, 'name')),
    type: oneOf(field(place, 'type'), columnTypes),
    length: count(field(place, 'length')),
    nullCount: count(field(place, 'nullCount')),
    validity: nullable(field(place, 'validity'), bytes),
    values: nullable(field(place, 'values'), bytes),
    offsets: nullable(field(place, 'offsets'), bytes),
    timeUnit: nullable(field(place, 'timeUnit'), (unit) => oneOf(unit, timeUnits)),
    timeZone: nullable(field(place, 'timeZone'), text),
    children: list(field(place, 'children'), columnBuffers),
    ...scale(field(place, 'scale')),
  };
}

/** Absent where none was given. */
function scale(place: Place): { scale?: Scale } {
  return place.value === undefined ? {} : { scale: oneOf(place, scales) };
}

export function datasetSummary(place: Place): DatasetSummary {
  return {
    rowCount: count(field(place, 'rowCount')),
    columns: list(field(place, 'columns'), columnSummary),
  };
}

function columnSummary(place: Place): ColumnSummary {
  return {
    name: text(field(place, 'name')),
    type: oneOf(field(place, 'type'), [...columnTypes, 'nested'] as const),
    timeZone: nullable(field(place, 'timeZone'), text),
    ...scale(field(place, 'scale')),
  };
}

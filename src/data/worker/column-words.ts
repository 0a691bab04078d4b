import { DataType, type Field } from 'apache-arrow';
import { timeUnitOf } from './arrow-fields.ts';
import { summariseField } from './summarise.ts';

const unitWords = {
  s: 'to the second',
  ms: 'to the millisecond',
  us: 'to the microsecond',
  ns: 'to the nanosecond, which reach from 1677 to 2262',
};

/** What two columns hold, in words that go into a sentence and tell the one from the other. */
export function describeBoth(one: Field, other: Field): [string, string] {
  const [first, second] = [describeField(one), describeField(other)];
  return first === second ? [describeFinely(one), describeFinely(other)] : [first, second];
}

function describeField(field: Field): string {
  const { type, timeZone } = summariseField(field);
  switch (type) {
    case 'null':
      return 'no values';
    case 'bool':
      return 'true or false';
    case 'int64':
    case 'uint64':
    case 'integer':
      return 'whole numbers';
    case 'float64':
      return 'numbers';
    case 'date':
      return 'dates';
    case 'datetime':
      return timeZone === null ? 'datetimes without a time zone' : 'datetimes with a time zone';
    case 'string':
      return 'texts';
    case 'mixed':
      return describeParts(field);
    default:
      return 'nested values';
  }
}

function describeFinely(field: Field): string {
  const words = describeField(field);
  if (DataType.isTimestamp(field.type)) return `${words} ${unitWords[timeUnitOf(field.type.unit)]}`;
  return DataType.isDenseUnion(field.type) ? describeParts(field, describeFinely) : words;
}

function describeParts({ type }: Field, describe = describeField): string {
  const parts: Field[] = type.children ?? [];
  const filled = parts.filter((part) => !DataType.isNull(part.type));
  return [...new Set(filled.map(describe))].join(' beside ');
}

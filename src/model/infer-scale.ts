import { assertNever } from '../shared/assert-never.ts';
import type { ColumnSummary } from './dataset.ts';
import type { Scale } from './manual-types.ts';

/** The scale of a column that was given none. */
export function inferScale(type: ColumnSummary['type']): Scale {
  switch (type) {
    case 'int64':
    case 'uint64':
    case 'integer':
    case 'float64':
      return 'ratio';
    case 'date':
    case 'datetime':
      return 'interval';
    case 'null':
    case 'bool':
    case 'string':
    case 'mixed':
    case 'nested':
      return 'nominal';
    default:
      return assertNever(type);
  }
}

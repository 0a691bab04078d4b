import type { ColumnBuilder } from './ColumnBuilder.ts';
import {
  DateBuilder,
  DateTimeBuilder,
  DecimalBuilder,
  IntegerBuilder,
  TruthBuilder,
} from './number-builders.ts';
import { TextBuilder } from './TextBuilder.ts';
import type { ColumnPlan } from './value-kinds.ts';

/** What gathers the values of a column. */
export function createBuilder(plan: ColumnPlan, keepsEmpty: boolean): ColumnBuilder {
  switch (plan.type) {
    case 'int64':
      return new IntegerBuilder(plan);
    case 'float64':
      return new DecimalBuilder(plan);
    case 'date':
      return new DateBuilder(plan);
    case 'datetime':
      return new DateTimeBuilder(plan);
    case 'bool':
      return new TruthBuilder(plan);
    case 'string':
    case null:
      return new TextBuilder(plan, keepsEmpty);
  }
}

import type { ColumnSummary } from '../dataset.ts';
import { mostDrawnRows, type ChartQuery, type ChartReduction, type ChartRows } from './chart-data.ts';
import { inputName, isVega, readsInput } from './chart-views.ts';
import { fillTypes, isNumeric } from './encoding-types.ts';
import { fromField } from './field-names.ts';
import { isObject, type JsonObject } from './json-values.ts';
import { planAggregate, planBoxes, type AggregatePlan } from './plan-aggregate.ts';
import { rewriteAggregate } from './rewrite-aggregate.ts';
import { listUsedColumns } from './used-columns.ts';

/** How a specification is drawn over a dataset. */
export interface ChartPlan {
  /** With its source and types filled in. */
  readonly specification: JsonObject;
  /** Null where it has all of its data in itself. */
  readonly query: ChartQuery | null;
  readonly aggregate: AggregatePlan | null;
}

/** Of more columns of one name, the first is drawn. */
export function planChart(given: JsonObject, columns: readonly ColumnSummary[]): ChartPlan {
  if (!readsInput(given)) return { specification: given, query: null, aggregate: null };
  const used = listUsedColumns(
    given,
    columns.map(({ name }) => name),
  ).filter((index) => columns.findIndex(({ name }) => name === columns[index]?.name) === index);
  if (isVega(given)) {
    return { specification: given, query: queryOf(used, { type: 'sample' }), aggregate: null };
  }
  const named = given['data'] === undefined ? { ...given, data: { name: inputName } } : given;
  const specification = fillTypes(named, columns);
  const aggregate = planAggregate(specification, columns);
  const reduction: ChartReduction = aggregate
    ? { type: 'aggregate', ...aggregate }
    : (planBoxes(specification, columns) ?? findExtremes(specification, columns) ?? { type: 'sample' });
  return { specification, query: queryOf(used, reduction), aggregate };
}

/** The specification for the rows that came of the query. */
export function fitChart({ specification, aggregate }: ChartPlan, rows: ChartRows | null): JsonObject {
  if (rows?.drawn !== 'aggregate' || !aggregate) return specification;
  return rewriteAggregate(specification, aggregate, rows);
}

function queryOf(columns: readonly number[], reduction: ChartReduction): ChartQuery {
  if (reduction.type !== 'aggregate') return { columns, mostRows: mostDrawnRows, reduction };
  const { groups, measures, orders } = reduction;
  return { columns, mostRows: mostDrawnRows, reduction: { type: 'aggregate', groups, measures, orders } };
}

/** For a line over an ordered column: a sample would lose its peaks. */
function findExtremes(
  { mark, encoding, transform }: JsonObject,
  columns: readonly ColumnSummary[],
): ChartReduction | null {
  const type = isObject(mark) ? mark['type'] : mark;
  if (transform !== undefined || !isObject(encoding)) return null;
  if (type !== 'line' && type !== 'area' && type !== 'trail') return null;
  const find = (definition: unknown): number => {
    if (
      !isObject(definition) ||
      ['aggregate', 'bin', 'timeUnit', 'impute'].some((name) => definition[name])
    ) {
      return -1;
    }
    const { field } = definition;
    return typeof field === 'string' ? columns.findIndex(({ name }) => name === fromField(field)) : -1;
  };
  const [x, y] = [find(encoding['x']), find(encoding['y'])];
  const [along, over] = [columns[x], columns[y]];
  if (!along || !over || !isNumeric(over) || !(isNumeric(along) || isTime(along))) return null;
  const others = Object.entries(encoding).filter(
    ([channel, given]) => channel !== 'x' && channel !== 'y' && !isConstant(given),
  );
  const isStacked = type === 'area' && others.length > 0;
  const by = others.map(([, given]) => find(given));
  return isStacked || by.includes(-1) ? null : { type: 'extremes', x, y, by: [...new Set(by)] };
}

function isTime({ type }: ColumnSummary): boolean {
  return type === 'date' || type === 'datetime';
}

function isConstant(definition: unknown): boolean {
  return isObject(definition) && !('field' in definition) && !('condition' in definition);
}

import type { ChartMeasure, ChartRows } from './chart-data.ts';
import { toField } from './field-names.ts';
import { isObject, type JsonObject } from './json-values.ts';
import type { AggregatePlan, PlannedDefinition } from './plan-aggregate.ts';

/**
 * The specification for rows that are aggregated already. It aggregates them once more, and as there is one row for each
 * group, nothing changes by that: so all else that Vega-Lite makes of an aggregate stays as it was, stacks among it.
 */
export function rewriteAggregate(
  specification: JsonObject,
  plan: AggregatePlan,
  rows: Pick<ChartRows, 'extents' | 'orders'>,
): JsonObject {
  const { encoding } = specification;
  if (!isObject(encoding)) return specification;
  const rewritten = plan.definitions.reduce<unknown>(
    (known, planned) =>
      changeAt(known, planned.path, (given) => rewriteDefinition(given, planned, plan, rows)),
    encoding,
  );
  return { ...specification, encoding: rewritten };
}

function changeAt(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  change: (given: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => (index === step ? changeAt(each, rest, change) : each));
  }
  return isObject(value) ? { ...value, [step]: changeAt(value[step], rest, change) } : value;
}

function rewriteDefinition(
  given: unknown,
  { title, role, order }: PlannedDefinition,
  { groups, measures }: AggregatePlan,
  { extents, orders }: Pick<ChartRows, 'extents' | 'orders'>,
): unknown {
  if (!isObject(given)) return given;
  const named = { ...given, ...(isTitled(given) ? {} : { title }) };
  if (role.type === 'measure') {
    const measure = measures[role.measure];
    return measure ? { ...named, field: toField(measure.name), aggregate: chooseSecond(measure) } : given;
  }
  const group = groups[role.group];
  if (!group) return given;
  const values = order === null ? null : orders[order];
  const extent = extents[role.group];
  return {
    ...named,
    field: toField(group.name),
    ...(group.by === 'bin' && extent && { bin: { ...group.bin, extent } }),
    ...(values && { sort: values }),
  };
}

/** Whether a title is given where Vega-Lite looks for one. */
function isTitled(definition: JsonObject): boolean {
  return ['title', 'axis', 'legend', 'header'].some((name) => {
    const value = definition[name];
    return name === 'title' ? value !== undefined : isObject(value) && value['title'] !== undefined;
  });
}

/** What leaves the one value of a group as it is, and is stacked where the first one is. */
function chooseSecond({ operation }: ChartMeasure): string {
  switch (operation) {
    case 'count':
    case 'distinct':
    case 'valid':
    case 'missing':
      return 'sum';
    case 'stdev':
      return 'mean';
    default:
      return operation;
  }
}

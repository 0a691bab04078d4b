import type { ChartMeasure, ChartRows } from './chart-data.ts';
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
  const rewritten: Record<string, unknown> = { ...encoding };
  for (const planned of plan.definitions) {
    const { channel, index } = planned;
    const given = rewritten[channel];
    if (index === null) rewritten[channel] = rewriteDefinition(given, planned, plan, rows);
    else if (Array.isArray(given)) {
      rewritten[channel] = given.map((each: unknown, place) =>
        place === index ? rewriteDefinition(each, planned, plan, rows) : each,
      );
    }
  }
  return { ...specification, encoding: rewritten };
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
    return measure ? { ...named, field: measure.name, aggregate: chooseSecond(measure) } : given;
  }
  const group = groups[role.group];
  if (!group) return given;
  const values = order === null ? null : orders[order];
  const extent = extents[role.group];
  return {
    ...named,
    field: group.name,
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

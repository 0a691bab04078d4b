// Longer than most files: what a specification asks of its rows is settled here, one short function for each part of it.
import type { ColumnSummary } from '../dataset.ts';
import {
  measureOperations,
  timeParts,
  type BinChoice,
  type ChartGroup,
  type ChartMeasure,
  type ChartOrder,
  type ChartReduction,
  type MeasureOperation,
  type TimePart,
} from './chart-data.ts';
import { isNumeric } from './encoding-types.ts';
import { fromField } from './field-names.ts';
import { isObject, type JsonObject } from './json-values.ts';

/** An encoding whose aggregation can be done beforehand. */
export interface AggregatePlan {
  readonly groups: readonly ChartGroup[];
  readonly measures: readonly ChartMeasure[];
  readonly orders: readonly ChartOrder[];
  /** What becomes of each definition of a channel, in the order in which they stand. */
  readonly definitions: readonly PlannedDefinition[];
}

/** A definition in an encoding: of a channel, of one in a list of them, or of a condition. */
export interface PlannedDefinition {
  /** The names and indices that lead to it. */
  readonly path: readonly [channel: string, ...(readonly (string | number)[])];
  readonly title: string | null;
  readonly role:
    | { readonly type: 'group'; readonly group: number }
    | { readonly type: 'measure'; readonly measure: number };
  /** An index into the orders; null where it is not sorted by what is aggregated. */
  readonly order: number | null;
}

/** Marks that are drawn of rows as they are, one for each. */
const plainMarks = [
  ...['arc', 'area', 'bar', 'circle', 'line', 'point', 'rect', 'rule', 'square', 'text', 'tick', 'trail'],
];

/** Channels that Vega-Lite makes few bins for. */
const fewBins: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      ...['row', 'column', 'size', 'color', 'fill', 'stroke', 'strokeWidth', 'opacity'],
      ...['fillOpacity', 'strokeOpacity', 'shape'],
    ].map((channel) => [channel, 6]),
  ),
  strokeDash: 4,
};

/** Nothing is known to be as Vega-Lite would have it: then rows are drawn, and no aggregate of them. */
class Unplannable extends Error {}

/**
 * How a specification with types filled in aggregates all rows by its encodings alone; null where it does not, or in a way
 * that is not known here.
 */
export function planAggregate(
  specification: JsonObject,
  columns: readonly ColumnSummary[],
): AggregatePlan | null {
  try {
    if (!isPlainView(specification)) return null;
    const { encoding } = specification;
    if (!isObject(encoding)) return null;
    const plan = new Planner(columns, encoding).plan();
    return plan.measures.length > 0 ? plan : null;
  } catch (error) {
    if (error instanceof Unplannable) return null;
    throw error;
  }
}

/**
 * The boxes of a specification with types filled in, as groups of all rows; null where it draws something else, or in a way
 * that is not known here.
 */
export function planBoxes(
  specification: JsonObject,
  columns: readonly ColumnSummary[],
): Extract<ChartReduction, { type: 'boxes' }> | null {
  const { mark, encoding, transform } = specification;
  const type = isObject(mark) ? mark['type'] : mark;
  if (type !== 'boxplot' || transform !== undefined || !isObject(encoding)) return null;
  const extent = isObject(mark) ? (mark['extent'] ?? standardExtent) : standardExtent;
  if (extent !== 'min-max' && !isPositive(extent)) return null;
  try {
    const { groups, measures, definitions } = new Planner(columns, encoding).plan();
    const isNumber = ({ column, by }: ChartGroup): boolean => {
      const summary = columns[column];
      return by === 'value' && summary !== undefined && isNumeric(summary);
    };
    // What is measured lies along an axis, as numbers do; who colours by numbers has a group for each of them.
    const measured = definitions.flatMap(({ path: [channel], role }) => {
      const group = role.type === 'group' ? groups[role.group] : undefined;
      const { [channel]: given } = encoding;
      const isAlong = (channel === 'x' || channel === 'y') && isObject(given);
      return group && isAlong && given['type'] === 'quantitative' && isNumber(group) ? [group] : [];
    });
    const [value, ...others] = measured;
    const by = groups.filter((group) => group !== value);
    const isOfItself = by.some(({ column }) => column === value?.column);
    if (!value || others.length > 0 || measures.length > 0 || isOfItself) return null;
    if (by.some((group) => group.by === 'bin') || 'tooltip' in encoding) return null;
    if (Object.values(encoding).some((given) => isObject(given) && 'condition' in given)) return null;
    return { type: 'boxes', value: value.column, by, whisker: typeof extent === 'number' ? extent : null };
  } catch (error) {
    if (error instanceof Unplannable) return null;
    throw error;
  }
}

/** How far whiskers reach where a specification says nothing of that, in lengths of the box. */
const standardExtent = 1.5;

function isPlainView(view: JsonObject): boolean {
  const { mark, params } = view;
  const hasMore = ['transform', 'layer', 'concat', 'hconcat', 'vconcat', 'facet', 'repeat', 'spec'].some(
    (name) => name in view,
  );
  const isSelecting = Array.isArray(params) && !params.every(isHarmless);
  const type = isObject(mark) ? mark['type'] : mark;
  const isOfRows = isObject(mark) && isObject(mark['tooltip']);
  return !hasMore && !isSelecting && !isOfRows && typeof type === 'string' && plainMarks.includes(type);
}

/** A variable, moving about in the scales, or a choice among the marks that are drawn: none asks for rows. */
function isHarmless(parameter: unknown): boolean {
  if (!isObject(parameter)) return false;
  if (!('select' in parameter) || parameter['bind'] === 'scales') return true;
  const { select } = parameter;
  return !('value' in parameter) && !(isObject(select) && 'fields' in select);
}

class Planner {
  readonly #columns: readonly ColumnSummary[];
  readonly #encoding: JsonObject;
  readonly #groups: ChartGroup[] = [];
  readonly #measures: ChartMeasure[] = [];
  readonly #orders: ChartOrder[] = [];
  readonly #definitions: PlannedDefinition[] = [];
  /** Fields that conditions ask for. */
  readonly #asked = new Set<string>();

  constructor(columns: readonly ColumnSummary[], encoding: JsonObject) {
    this.#columns = columns;
    this.#encoding = encoding;
  }

  plan(): AggregatePlan {
    for (const [channel, given] of Object.entries(this.#encoding)) {
      if (Array.isArray(given)) given.forEach((each, index) => this.#add(each, [channel, index]));
      else this.#add(given, [channel]);
    }
    for (const field of this.#asked) {
      const name = fromField(field);
      if (!this.#groups.some((group) => group.by === 'value' && group.name === name)) throw new Unplannable();
    }
    return {
      groups: this.#groups,
      measures: this.#measures,
      orders: this.#orders,
      definitions: this.#definitions,
    };
  }

  #add(definition: unknown, path: PlannedDefinition['path']): void {
    if (!isObject(definition)) return;
    const [channel] = path;
    const { field, aggregate, condition, impute, scale } = definition;
    if (impute !== undefined) throw new Unplannable();
    if (Array.isArray(condition)) {
      condition.forEach((each, index) => this.#addCondition(each, [...path, 'condition', index]));
    } else if (condition !== undefined) this.#addCondition(condition, [...path, 'condition']);
    if (isObject(scale) && isObject(scale['domain'])) throw new Unplannable();
    if (field === undefined && aggregate === undefined) return;
    if (aggregate !== undefined && aggregate !== null) {
      const measure = this.#keep(this.#measures, { name: '', ...this.#readMeasure(definition) });
      const title = this.#nameMeasure(definition);
      this.#definitions.push({ path, title, role: { type: 'measure', measure }, order: null });
      if (isObject(definition['sort']) || isChannelName(definition['sort'])) throw new Unplannable();
      return;
    }
    const column = this.#findColumn(field);
    const { title, ...by } = this.#readGroup(definition, channel, column);
    const group = this.#keep(this.#groups, { name: '', column, ...by });
    const order = this.#readOrder(definition['sort'], group);
    this.#definitions.push({ path, title, role: { type: 'group', group }, order });
  }

  #addCondition(condition: unknown, path: PlannedDefinition['path']): void {
    if (!isObject(condition)) throw new Unplannable();
    this.#ask(condition['test'] ?? { param: '' });
    this.#add(condition, path);
  }

  /** Notes the fields that a test is made of. */
  #ask(test: unknown): void {
    if (typeof test === 'string') {
      for (const field of readExpression(test)) this.#asked.add(field);
    } else if (!isObject(test)) throw new Unplannable();
    else if ('timeUnit' in test) throw new Unplannable();
    else if (typeof test['field'] === 'string') this.#asked.add(test['field']);
    else {
      const inner = [test['and'], test['or'], test['not']].flat().filter((each) => each !== undefined);
      for (const each of inner) this.#ask(each);
      if (inner.length === 0 && !('param' in test)) throw new Unplannable();
    }
  }

  /**
   * Adds it under a name of its own, unless there is one like it; gives its index. Conditions ask for columns by their names:
   * the first group of a column has that.
   */
  #keep<Item extends ChartGroup | ChartMeasure>(items: Item[], item: Item): number {
    const write = (each: Item): string => JSON.stringify({ ...each, name: '' });
    const known = items.findIndex((each) => write(each) === write(item));
    if (known >= 0) return known;
    const used = [...this.#groups, ...this.#measures].map(({ name }) => name);
    const column = 'by' in item ? this.#columns[item.column]?.name : undefined;
    let name = column ?? `measure ${String(items.length)}`;
    while (used.includes(name)) name += ' ';
    items.push({ ...item, name });
    return items.length - 1;
  }

  #findColumn(field: unknown): number {
    const name = typeof field === 'string' ? fromField(field) : null;
    const index = this.#columns.findIndex((column) => column.name === name);
    if (index < 0) throw new Unplannable();
    return index;
  }

  #readMeasure({ aggregate, field, bin, timeUnit }: JsonObject): Omit<ChartMeasure, 'name'> {
    const operation = measureOperations.find((each) => each === aggregate);
    if (!operation || bin || timeUnit) throw new Unplannable();
    if (operation === 'count') return { operation, column: null };
    const column = this.#findColumn(field);
    if (!this.#canMeasure(operation, column)) throw new Unplannable();
    return { operation, column };
  }

  #canMeasure(operation: MeasureOperation, column: number): boolean {
    const summary = this.#columns[column];
    if (!summary) return false;
    if (['distinct', 'valid', 'missing'].includes(operation)) return true;
    return isNumeric(summary) || summary.type === 'date' || summary.type === 'datetime';
  }

  #nameMeasure({ aggregate, field }: JsonObject): string {
    if (aggregate === 'count') return 'Count of rows';
    const operation = String(aggregate);
    return `${operation.charAt(0).toUpperCase()}${operation.slice(1)} of ${fromField(String(field))}`;
  }

  #readGroup(
    { bin, timeUnit, field }: JsonObject,
    channel: string,
    column: number,
  ): { readonly title: string } & (
    | { readonly by: 'value' }
    | { readonly by: 'bin'; readonly bin: BinChoice }
    | { readonly by: 'time'; readonly parts: readonly TimePart[]; readonly isUtc: boolean }
  ) {
    const summary = this.#columns[column];
    const name = fromField(String(field));
    if (bin !== undefined && bin !== null && bin !== false) {
      if (!summary || !isNumeric(summary) || timeUnit) throw new Unplannable();
      return { title: `${name} (binned)`, by: 'bin', bin: readBins(bin, channel) };
    }
    if (timeUnit !== undefined && timeUnit !== null) {
      if (summary?.type !== 'date' && summary?.type !== 'datetime') throw new Unplannable();
      const time = readTimeUnit(timeUnit);
      return { title: `${name} (${time.parts.join('-')})`, by: 'time', ...time };
    }
    return { title: name, by: 'value' };
  }

  #readOrder(sort: unknown, group: number): number | null {
    const asked = isChannelName(sort) ? readChannelSort(sort) : sort;
    if (!isObject(asked)) return null;
    const source = asked['encoding'] === undefined ? asked : this.#encoding[String(asked['encoding'])];
    if (!isObject(source)) throw new Unplannable();
    const aggregate = asked['encoding'] === undefined ? source['op'] : source['aggregate'];
    const measure = this.#readMeasure({ aggregate, field: source['field'] });
    this.#orders.push({ group, ...measure, isDescending: asked['order'] === 'descending' });
    return this.#orders.length - 1;
  }
}

/** The fields that an expression of Vega reads. */
function readExpression(text: string): string[] {
  const fields: string[] = [];
  const rest = text.replace(
    /\bdatum(?:\.([A-Za-z_$][\w$]*)|\[\s*(?:'([^'\\.[\]]*)'|"([^"\\.[\]]*)")\s*\])/g,
    (_, ...names: (string | undefined)[]) => {
      fields.push(names.slice(0, 3).find((name) => name !== undefined) ?? '');
      return '';
    },
  );
  // What else it reads is not known.
  if (/\b(?:datum|data|indata|parent|item)\b/.test(rest)) throw new Unplannable();
  return fields;
}

/** As in `"sort": "-y"`. */
function isChannelName(sort: unknown): sort is string {
  return typeof sort === 'string' && sort !== 'ascending' && sort !== 'descending';
}

function readChannelSort(sort: string): JsonObject {
  const isDescending = sort.startsWith('-');
  const order = isDescending ? 'descending' : 'ascending';
  return { encoding: isDescending ? sort.slice(1) : sort, order };
}

function readBins(bin: unknown, channel: string): BinChoice {
  const standard = fewBins[channel] ?? 10;
  if (bin === true) return { maxbins: standard };
  if (!isObject(bin)) throw new Unplannable();
  const { maxbins, step, minstep, base, nice } = bin;
  const known = ['maxbins', 'step', 'minstep', 'base', 'nice'];
  if (!Object.keys(bin).every((name) => known.includes(name))) throw new Unplannable();
  if (![maxbins, step, minstep, base].every((value) => value === undefined || isPositive(value))) {
    throw new Unplannable();
  }
  return {
    ...(step === undefined && { maxbins: typeof maxbins === 'number' ? maxbins : standard }),
    ...(typeof step === 'number' && { step }),
    ...(typeof minstep === 'number' && { minstep }),
    ...(typeof base === 'number' && { base }),
    ...(typeof nice === 'boolean' && { nice }),
  };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** "day" begins "dayofyear", too. */
const longestFirst = [...timeParts].sort((one, other) => other.length - one.length);

function readTimeUnit(given: unknown): { readonly parts: readonly TimePart[]; readonly isUtc: boolean } {
  const unit = isObject(given) ? given['unit'] : given;
  if (typeof unit !== 'string') throw new Unplannable();
  if (isObject(given) && !Object.keys(given).every((name) => name === 'unit' || name === 'utc')) {
    throw new Unplannable();
  }
  const isUtc = unit.startsWith('utc') || (isObject(given) && given['utc'] === true);
  const parts: TimePart[] = [];
  let rest = unit.replace(/^utc/, '');
  while (rest !== '') {
    const part = longestFirst.find((each) => rest.startsWith(each));
    if (!part) throw new Unplannable();
    parts.push(part);
    rest = rest.slice(part.length);
  }
  // Vega has a time of its own for weekdays and weeks among dates.
  if ((parts.includes('day') || parts.includes('week')) && parts.includes('date')) throw new Unplannable();
  return { parts, isUtc };
}

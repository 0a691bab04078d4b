import type { ColumnSummary } from '../dataset.ts';
import { emptyChannel, writeForm, type ChannelForm, type ChartForm } from './chart-form.ts';
import { chooseFieldType } from './encoding-types.ts';
import type { JsonObject } from './json-values.ts';

/** Kinds of charts that the form makes. */
export const chartKinds = ['bar', 'line', 'area', 'point', 'histogram', 'box', 'heat-map'] as const;

export type ChartKind = (typeof chartKinds)[number];

export const vegaLiteSchema = 'https://vega.github.io/schema/vega-lite/v6.json';

const countOfRows: ChannelForm = { ...emptyChannel, aggregate: 'count' };

/** The kind that a form is of. */
export function findKind({ mark, x, y }: ChartForm): ChartKind {
  switch (mark) {
    case 'bar':
      return [x, y].some((one) => one?.bins) && [x, y].some((one) => one?.aggregate === 'count')
        ? 'histogram'
        : 'bar';
    case 'boxplot':
      return 'box';
    case 'rect':
      return 'heat-map';
    default:
      return mark;
  }
}

/** The form as another kind of chart, which keeps the columns that fit it. */
export function changeKind(given: ChartForm, kind: ChartKind, columns: readonly ColumnSummary[]): ChartForm {
  if (findKind(given) === kind) return given;
  // The colours of a heat map are what it measures.
  const form = given.mark === 'rect' && given.color?.aggregate ? { ...given, color: null } : given;
  const isOf = (channel: ChannelForm | null, ...types: string[]): channel is ChannelForm =>
    hasField(channel) && types.includes(channel.type ?? typeOf(channel.field, columns));
  const plain = (channel: ChannelForm | null): ChannelForm | null =>
    channel && { ...channel, bins: null, aggregate: null };
  const channels = [form.x, form.y];
  const measured = form === given ? channels : [given.color, ...channels];
  const shown = measured.find((each) => isOf(each, 'quantitative'));
  const counted = measured.find((each) => each?.field === null && each.aggregate === 'count');
  const count = counted ?? countOfRows;
  const amount = shown ?? (counted ? null : pickAmount(columns));
  const number = amount ?? pickAmount(columns) ?? pick(columns, 'quantitative');
  const name = channels.find((each) => isOf(each, 'nominal', 'ordinal', 'temporal'));
  const along = plain(name ?? pick(columns, 'nominal', 'ordinal', 'temporal'));
  const measure = amount
    ? { ...amount, bins: null, aggregate: amount.aggregate ?? ('mean' as const) }
    : count;
  switch (kind) {
    case 'histogram': {
      const binned = number && { ...number, aggregate: null, bins: number.bins ?? ('auto' as const) };
      return { ...form, mark: 'bar', x: binned ?? along, y: count };
    }
    case 'box':
      return { ...form, mark: 'boxplot', x: along, y: plain(number) };
    case 'heat-map': {
      const others = columns.filter((column) => ![along?.field].includes(column.name));
      const second = channels.find((each) => hasField(each) && each.field !== along?.field);
      const across = second ?? pick(others, 'nominal', 'ordinal', 'temporal') ?? pickAmount(others);
      const isBinned = hasField(across) && typeOf(across.field, columns) === 'quantitative';
      const y = across && { ...across, aggregate: null, bins: isBinned ? ('auto' as const) : null };
      return { ...form, mark: 'rect', x: along, y, color: count, stack: null };
    }
    case 'point':
      return { ...form, mark: 'point', x: plain(form.x), y: plain(number) ?? plain(form.y), stack: null };
    default:
      return { ...form, mark: kind, x: along ?? plain(form.x), y: measure };
  }
}

/** A chart to begin with: the first column of names or times against the first one of amounts, else the count of its rows. */
export function suggestSpecification(columns: readonly ColumnSummary[]): JsonObject {
  const form: ChartForm = {
    mark: 'bar',
    x: null,
    y: null,
    color: null,
    stack: null,
    title: null,
    width: 'container',
    height: 300,
  };
  const base = { $schema: vegaLiteSchema, data: { name: 'data' } };
  const time = pick(columns, 'temporal');
  const name = pick(columns, 'nominal', 'ordinal', 'temporal');
  const numbers = columns.filter(isAmount);
  const [first, second] = numbers.map((column): ChannelForm => ({ ...emptyChannel, field: column.name }));
  const mean = first && { ...first, aggregate: 'mean' as const };
  if (name) {
    const isTime = name.field === time?.field;
    return writeForm(base, { ...form, mark: isTime ? 'line' : 'bar', x: name, y: mean ?? countOfRows });
  }
  if (first && second) return writeForm(base, { ...form, mark: 'point', x: first, y: second });
  const x = first && { ...first, bins: 'auto' as const };
  return writeForm(base, { ...form, x: x ?? null, y: countOfRows });
}

/** Names of numbers that only tell rows from one another, as `id`, `order_id`, `orderId` and `Unnamed: 0`. */
const idName = /^(?:#|id|index|idx|key|nr|unnamed: \d+)$|[ _.-](?:id|idx|key|nr)$/i;

/** Numbers of which a mean says something. */
function isAmount(column: ColumnSummary): boolean {
  const { name } = column;
  return (
    chooseFieldType(column) === 'quantitative' && !idName.test(name.trim()) && !/[a-z\d]I[dD]$/.test(name)
  );
}

function pickAmount(columns: readonly ColumnSummary[]): ChannelForm | null {
  const column = columns.find(isAmount);
  return column ? { ...emptyChannel, field: column.name } : null;
}

function hasField(
  channel: ChannelForm | null | undefined,
): channel is ChannelForm & { readonly field: string } {
  return channel !== null && channel !== undefined && channel.field !== null;
}

function typeOf(field: string, columns: readonly ColumnSummary[]): string {
  const column = columns.find(({ name }) => name === field);
  return column ? chooseFieldType(column) : 'nominal';
}

function pick(columns: readonly ColumnSummary[], ...types: string[]): ChannelForm | null {
  const column = columns.find((each) => types.includes(chooseFieldType(each)));
  return column ? { ...emptyChannel, field: column.name } : null;
}

import { fromField, toField } from './field-names.ts';
import { fieldTypes, type FieldType } from './encoding-types.ts';
import { isObject, omit, type JsonObject } from './json-values.ts';

/** Marks that the form knows. */
export const formMarks = ['bar', 'line', 'area', 'point', 'rect', 'boxplot'] as const;

export type FormMark = (typeof formMarks)[number];

export const formChannels = ['x', 'y', 'color'] as const;

export type FormChannel = (typeof formChannels)[number];

export const formAggregates = ['count', 'sum', 'mean', 'median', 'min', 'max', 'stdev', 'distinct'] as const;

export const formTimeUnits = [
  ...(['year', 'yearquarter', 'yearmonth', 'yearmonthdate'] as const),
  ...(['month', 'day', 'hours'] as const),
] as const;

export const formSorts = ['ascending', 'descending', 'x', '-x', 'y', '-y'] as const;

export const formStacks = ['zero', 'normalize', 'center'] as const;

/** What a property holds that the form has no words for: it stays as it is. */
export const custom = 'custom';

type Custom = typeof custom;

/** A channel as the form shows it; null is what Vega-Lite does by itself. */
export interface ChannelForm {
  /** The name of a column; null for none, as where rows are counted. */
  readonly field: string | null;
  readonly type: FieldType | null;
  readonly aggregate: (typeof formAggregates)[number] | Custom | null;
  /** The most bins that values are put in; `auto` for as many as Vega-Lite chooses. */
  readonly bins: number | 'auto' | Custom | null;
  readonly timeUnit: (typeof formTimeUnits)[number] | Custom | null;
  readonly isLogarithmic: boolean;
  readonly sort: (typeof formSorts)[number] | Custom | null;
  readonly title: string | null;
}

/** What the form says of a chart. */
export interface ChartForm {
  readonly mark: FormMark;
  readonly x: ChannelForm | null;
  readonly y: ChannelForm | null;
  readonly color: ChannelForm | null;
  /** How the values of colours stand: on top of one another by themselves; `none` one before the other. */
  readonly stack: (typeof formStacks)[number] | 'none' | Custom | null;
  readonly title: string | null;
  /** CSS pixels; `container` for all that there is. */
  readonly width: number | 'container' | Custom | null;
  readonly height: number | Custom | null;
}

export const emptyChannel: ChannelForm = {
  field: null,
  type: null,
  aggregate: null,
  bins: null,
  timeUnit: null,
  isLogarithmic: false,
  sort: null,
  title: null,
};

/** Properties by which a specification is of more than one view, or of other rows than the dataset's. */
const beyond = ['layer', 'concat', 'hconcat', 'vconcat', 'facet', 'repeat', 'spec', 'transform'];

/** What the form shows of a specification; null where it has no words for what is drawn. */
export function readForm(specification: JsonObject): ChartForm | null {
  if (beyond.some((name) => name in specification)) return null;
  const { mark: given, encoding = {}, title, width, height } = specification;
  const mark = formMarks.find((each) => each === (isObject(given) ? given['type'] : given));
  if (!mark || !isObject(encoding)) return null;
  if (!formChannels.every((channel) => isReadable(encoding[channel]))) return null;
  return {
    mark,
    x: readChannel(encoding['x']),
    y: readChannel(encoding['y']),
    color: readChannel(encoding['color']),
    stack: readStack(encoding),
    title: readTitle(title),
    width: width === 'container' ? width : readSize(width),
    height: readSize(height),
  };
}

/** The specification with what the form says otherwise; all else stays as it is. */
export function writeForm(specification: JsonObject, form: ChartForm): JsonObject {
  const before = readForm(specification);
  let written = specification;
  if (form.mark !== before?.mark) written = { ...written, mark: writeMark(written['mark'], form.mark) };
  for (const name of ['title', 'width', 'height'] as const) {
    if (form[name] !== (before?.[name] ?? null)) written = writeProperty(written, name, form[name]);
  }
  const given = isObject(written['encoding']) ? written['encoding'] : {};
  let encoding = given;
  for (const channel of formChannels) {
    const source = findSource(channel, before, form);
    encoding = writeChannel(encoding, channel, {
      given: moveDefinition(given[source], source, channel),
      before: before?.[source] ?? null,
      after: form[channel],
    });
  }
  if (form.stack !== readStack(encoding)) encoding = writeStack(encoding, form, before, given);
  return encoding === given ? written : { ...written, encoding };
}

/** The channel that bars and areas grow along. */
export function findMeasured({ x, y }: Pick<ChartForm, 'x' | 'y'>): 'x' | 'y' {
  const isMeasure = (channel: ChannelForm | null): boolean => (channel?.aggregate ?? null) !== null;
  return isMeasure(x) && !isMeasure(y) ? 'x' : 'y';
}

function isReadable(definition: unknown): boolean {
  if (definition === undefined) return true;
  if (!isObject(definition)) return false;
  const { field } = definition;
  const isField = field === undefined || typeof field === 'string';
  // Without a field or an aggregate it is a value of its own.
  return isField && (field !== undefined || definition['aggregate'] === 'count');
}

function readChannel(definition: unknown): ChannelForm | null {
  if (!isObject(definition)) return null;
  const { field, type, aggregate, bin, timeUnit, scale, sort, title } = definition;
  return {
    field: typeof field === 'string' ? fromField(field) : null,
    type: fieldTypes.find((each) => each === type) ?? null,
    aggregate: readChoice(aggregate, formAggregates),
    bins: readBins(bin),
    timeUnit: readChoice(timeUnit, formTimeUnits),
    isLogarithmic: isObject(scale) && scale['type'] === 'log',
    sort: readChoice(sort, formSorts),
    title: readTitle(title ?? readGuide(definition)?.title),
  };
}

/** The axis or legend that has a title of its own. */
function readGuide(definition: JsonObject): { readonly name: string; readonly title: unknown } | null {
  if (definition['title'] !== undefined) return null;
  for (const name of ['axis', 'legend']) {
    const guide = definition[name];
    if (isObject(guide) && guide['title'] !== undefined) return { name, title: guide['title'] };
  }
  return null;
}

function readChoice<Word extends string>(value: unknown, words: readonly Word[]): Word | Custom | null {
  if (value === undefined) return null;
  return words.find((word) => word === value) ?? custom;
}

function readBins(bin: unknown): ChannelForm['bins'] {
  if (bin === undefined || bin === false || bin === null) return null;
  if (bin === true) return 'auto';
  if (!isObject(bin)) return custom;
  const { maxbins } = bin;
  return typeof maxbins === 'number' && Object.keys(bin).length === 1 ? maxbins : custom;
}

/** A title of several lines, or with looks of its own, is shown by its words. */
function readTitle(title: unknown): string | null {
  if (typeof title === 'string') return title;
  return isObject(title) && typeof title['text'] === 'string' ? title['text'] : null;
}

function readSize(size: unknown): number | Custom | null {
  if (size === undefined) return null;
  return typeof size === 'number' ? size : custom;
}

function readStack(encoding: JsonObject): ChartForm['stack'] {
  const form = { x: readChannel(encoding['x']), y: readChannel(encoding['y']) };
  const measured = encoding[findMeasured(form)];
  const stack = isObject(measured) ? measured['stack'] : undefined;
  if (stack === null || stack === false) return 'none';
  return readChoice(stack, formStacks);
}

function writeMark(given: unknown, mark: FormMark): unknown {
  return isObject(given) ? { ...given, type: mark } : mark;
}

function writeProperty(object: JsonObject, name: string, value: unknown): JsonObject {
  // Titles and columns may be called anything.
  if (value === custom && name !== 'title' && name !== 'field') return object;
  if (value === null) return omit(object, name);
  const given = object[name];
  if (name === 'title' && isObject(given)) return { ...object, title: { ...given, text: value } };
  return { ...object, [name]: value };
}

/** A definition for another channel: colours have no axis, and axes no legend. */
function moveDefinition(definition: unknown, from: FormChannel, to: FormChannel): unknown {
  if (!isObject(definition) || from === to || (from !== 'color' && to !== 'color')) return definition;
  const guide = readGuide(definition);
  const titled = guide ? { ...definition, title: guide.title } : definition;
  return ['axis', 'legend', 'stack'].reduce(omit, titled);
}

/** A title stands where one stood before. */
function writeTitle(definition: JsonObject, title: string | null): JsonObject {
  const guide = readGuide(definition);
  if (!guide) return writeProperty(definition, 'title', title);
  const given = definition[guide.name];
  const left = writeProperty(isObject(given) ? given : {}, 'title', title);
  return Object.keys(left).length > 0 ? { ...definition, [guide.name]: left } : omit(definition, guide.name);
}

/** Where what a channel is to show stood before: what was said of a column there, as of its axis, goes with it. */
function findSource(channel: FormChannel, before: ChartForm | null, after: ChartForm): FormChannel {
  const shown = after[channel];
  const isShown = (from: FormChannel): boolean => {
    const known = before?.[from];
    return Boolean(known && shown && known.field === shown.field);
  };
  return isShown(channel) ? channel : (formChannels.find(isShown) ?? channel);
}

function writeChannel(
  encoding: JsonObject,
  channel: FormChannel,
  { given, before, after }: { given: unknown; before: ChannelForm | null; after: ChannelForm | null },
): JsonObject {
  if (after === null) return channel in encoding ? omit(encoding, channel) : encoding;
  const from = before ?? emptyChannel;
  let definition: JsonObject = isObject(given) ? given : {};
  const write = (name: string, isChanged: boolean, value: unknown): void => {
    if (isChanged) definition = writeProperty(definition, name, value);
  };
  write('field', after.field !== from.field, after.field === null ? null : toField(after.field));
  write('type', after.type !== from.type, after.type);
  write('aggregate', after.aggregate !== from.aggregate, after.aggregate);
  write('bin', after.bins !== from.bins, writeBins(after.bins));
  write('timeUnit', after.timeUnit !== from.timeUnit, after.timeUnit);
  write('sort', after.sort !== from.sort, after.sort);
  if (after.title !== from.title) definition = writeTitle(definition, after.title);
  if (after.isLogarithmic !== from.isLogarithmic) definition = writeScale(definition, after.isLogarithmic);
  return definition === encoding[channel] ? encoding : { ...encoding, [channel]: definition };
}

function writeBins(bins: ChannelForm['bins']): unknown {
  if (bins === 'auto') return true;
  return typeof bins === 'number' ? { maxbins: bins } : bins;
}

function writeScale(definition: JsonObject, isLogarithmic: boolean): JsonObject {
  const { scale } = definition;
  const given = isObject(scale) ? scale : {};
  if (isLogarithmic) return { ...definition, scale: { ...given, type: 'log' } };
  const left = omit(given, 'type');
  return Object.keys(left).length > 0 ? { ...definition, scale: left } : omit(definition, 'scale');
}

/** Stacks go with what is measured, also to the other channel. */
function writeStack(
  encoding: JsonObject,
  form: ChartForm,
  before: ChartForm | null,
  given: JsonObject,
): JsonObject {
  const [from, to] = [findMeasured(before ?? form), findMeasured(form)];
  const source = given[from];
  const known = isObject(source) ? source['stack'] : undefined;
  const stack = form.stack === custom ? known : form.stack === 'none' ? null : (form.stack ?? undefined);
  const left = from === to ? encoding : dropStack(encoding, from);
  const definition = left[to];
  if (!isObject(definition)) return left;
  return stack === undefined ? dropStack(left, to) : { ...left, [to]: { ...definition, stack } };
}

function dropStack(encoding: JsonObject, channel: FormChannel): JsonObject {
  const definition = encoding[channel];
  return isObject(definition) && 'stack' in definition
    ? { ...encoding, [channel]: omit(definition, 'stack') }
    : encoding;
}

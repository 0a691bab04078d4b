import {
  custom,
  type formAggregates,
  type formSorts,
  type formStacks,
  type formTimeUnits,
} from '../../model/chart/chart-form.ts';
import type { ChartKind } from '../../model/chart/chart-kinds.ts';
import type { FieldType } from '../../model/chart/encoding-types.ts';

/** How the form calls what a specification says. */

export const kindNames: Readonly<Record<ChartKind, string>> = {
  bar: 'Bars',
  line: 'Line',
  area: 'Area',
  point: 'Points',
  histogram: 'Histogram',
  box: 'Box plot',
  'heat-map': 'Heat map',
};

export const typeNames: Readonly<Record<FieldType, string>> = {
  quantitative: 'numbers',
  temporal: 'times',
  ordinal: 'ordered names',
  nominal: 'names',
};

export const aggregateNames: Readonly<Record<(typeof formAggregates)[number], string>> = {
  count: 'Count',
  sum: 'Sum',
  mean: 'Mean',
  median: 'Median',
  min: 'Least',
  max: 'Greatest',
  stdev: 'Standard deviation',
  distinct: 'Distinct values',
};

export const timeUnitNames: Readonly<Record<(typeof formTimeUnits)[number], string>> = {
  year: 'Years',
  yearquarter: 'Quarters',
  yearmonth: 'Months',
  yearmonthdate: 'Days',
  month: 'Month of the year',
  day: 'Day of the week',
  hours: 'Hour of the day',
};

export const sortNames: Readonly<Record<(typeof formSorts)[number], string>> = {
  ascending: 'Ascending',
  descending: 'Descending',
  x: 'By X, ascending',
  '-x': 'By X, descending',
  y: 'By Y, ascending',
  '-y': 'By Y, descending',
};

export const stackNames: Readonly<Record<(typeof formStacks)[number] | 'none', string>> = {
  zero: 'On top of one another',
  normalize: 'As shares of the whole',
  center: 'Around the middle',
  none: 'One before the other',
};

/** What a specification says that the form has no words for. */
export const customName = 'As written';

/** Words to choose among with what they are called; what is written otherwise is one of them where it is the one chosen. */
export function listChoices<Word extends string>(
  words: readonly Word[],
  names: Readonly<Record<Word, string>>,
  chosen: Word | typeof custom | null = null,
): (readonly [Word | typeof custom, string])[] {
  return [
    ...words.map((word) => [word, names[word]] as const),
    ...(chosen === custom ? [[custom, customName] as const] : []),
  ];
}

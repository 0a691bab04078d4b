import type { formAggregates, formSorts, formStacks, formTimeUnits } from '../../model/chart/chart-form.ts';
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

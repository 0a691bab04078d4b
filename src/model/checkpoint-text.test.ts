import { describe, expect, it } from 'vitest';
import { findCheckpointProblem, getCheckpointType } from './checkpoint-text.ts';
import { fieldTypes, type FieldType } from './data-schema.ts';

describe('the text of a checkpoint', () => {
  it.each<[FieldType, readonly string[]]>([
    ['string', ['', ' ', 'any text']],
    ['integer', ['0', '-7', ' 42 ', '170141183460469231731687303715884105728']],
    ['number', ['0', '-0.5', '.5', '1e-9', 'inf', '-inf', '7.']],
    ['boolean', ['true', 'false']],
    ['date', ['2026-03-31', '2024-02-29', '0001-01-01']],
    [
      'datetime',
      [
        '2026-03-31',
        '2026-03-31T18:00',
        '2026-03-31 18:00:00.123456',
        '2026-03-31T18:00:00Z',
        '2026-03-31T18:00:00+02:00',
        '2026-03-31T18:00:00+02:00[Europe/Berlin]',
        '2026-03-31T18:00:00+00:00[UTC]',
      ],
    ],
    ['object', ['{}', '{"id": 1}']],
    ['array', ['[]', '[{"id": NaN}]']],
  ])('fits a field of the type %s', (type, texts) => {
    expect(texts.filter((text) => findCheckpointProblem(text, type) !== null)).toEqual([]);
  });

  it.each<[FieldType, string, string]>([
    ['integer', '', 'That is no integer. Write digits alone, such as 42.'],
    ['integer', '4.0', 'That is no integer. Write digits alone, such as 42.'],
    ['number', '1,5', 'That is no number. Write one such as 42 or 0.5.'],
    ['number', 'nan', 'That is no number. Write one such as 42 or 0.5.'],
    ['boolean', 'True', 'Write true or false.'],
    ['date', '2026-02-29', 'That is no date. Write one such as 2026-03-31.'],
    ['date', '31.03.2026', 'That is no date. Write one such as 2026-03-31.'],
    ['datetime', 'now', 'That is no date and time. Write one such as 2026-03-31T18:00:00.'],
    ['datetime', '2026-02-30T10:00', 'That is no date and time. Write one such as 2026-03-31T18:00:00.'],
    ['datetime', '2026-02-20T25:00', 'That is no date and time. Write one such as 2026-03-31T18:00:00.'],
    ['datetime', '2026-02-20T10:00[Mars/Base]', 'There is no time zone “Mars/Base”.'],
    ['object', '[1]', 'That is not an object, such as {"id": 1}.'],
    ['array', '{}', 'That is not an array, such as [1, 2].'],
    ['object', '{"id": }', 'Line 1, column 8: A value is missing here.'],
  ])('is refused for a field of the type %s: %s', (type, text, problem) => {
    expect(findCheckpointProblem(text, type)).toBe(problem);
  });

  it('is of the type of its field; objects and arrays are JSON', () => {
    expect(fieldTypes.map(getCheckpointType)).toEqual([
      'string',
      'integer',
      'number',
      'boolean',
      'datetime',
      'date',
      'json',
      'json',
    ]);
  });
});

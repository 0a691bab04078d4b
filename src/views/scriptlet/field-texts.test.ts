import { describe, expect, it } from 'vitest';
import type { InputValue, JsonSchema } from '../../model/handles.ts';
import { buildInput } from '../../model/testing/builders.ts';
import { listChoices, listFileEndings, type Widget } from './choose-widget.ts';
import { describeInput } from './describe-input.ts';
import { toFieldText, toJson } from './field-texts.ts';
import { findFieldProblem, findFileProblem } from './find-field-problem.ts';
import { fromLocalDateTime, toLocalDateTime } from './local-times.ts';

describe('the field of a widget', () => {
  it.each<[Widget, string, string]>([
    ['text', '"two words"', 'two words'],
    ['text', '""', ''],
    ['long-text', '"two\\nlines"', 'two\nlines'],
    ['number', '-1.5e3', '-1.5e3'],
    ['number', '123456789012345678901234567890', '123456789012345678901234567890'],
    ['date', '"2024-02-29"', '2024-02-29'],
    ['time', '"03:04:05Z"', '03:04:05'],
    ['color', '"#00ff7F"', '#00ff7F'],
    ['file', '"/notebook/a.csv"', '/notebook/a.csv'],
    ['json', '[1,\n2]', '[1,\n2]'],
  ])('shows a value and gives the same: %s %s', (widget, json, text) => {
    expect([toFieldText(widget, json), toJson(widget, text, json)]).toEqual([text, json]);
  });

  it.each<[Widget, string]>([
    ['text', '1'],
    ['text', '"two\\nlines"'],
    ['text', 'null'],
    ['number', '"1"'],
    ['number', 'NaN'],
    ['switch', '0'],
    ['date', '"2023-02-29"'],
    ['date', '"tomorrow"'],
    ['date-time', '"2026-01-02T03:04:05"'],
    ['time', '"3 pm"'],
    ['color', '"red"'],
  ])('does not show what would not come out the same: %s %s', (widget, json) => {
    expect(toFieldText(widget, json)).toBeNull();
  });

  it.each<[Widget, string, string | null]>([
    ['text', '', '""'],
    ['number', '', null],
    ['number', '.5', '0.5'],
    ['number', '007', '7'],
    ['date', '', null],
    ['uri', '', null],
    ['json', ' \n', null],
    ['time', '03:04', '"03:04:00+02:00"'],
  ])('gives what was typed: %s %j', (widget, text, json) => {
    expect(toJson(widget, text, '"10:00:00+02:00"')).toBe(json);
  });

  it('has times of this device, and gives them with its offset', () => {
    const local = toLocalDateTime('2026-07-02T03:04:05Z') ?? '';
    expect(new Date(fromLocalDateTime(local)).toISOString()).toBe('2026-07-02T03:04:05.000Z');
    expect(fromLocalDateTime('2026-01-02T03:04')).toMatch(/^2026-01-02T03:04:00[+-]\d\d:\d\d$/);
    expect(toLocalDateTime('2026-13-02T03:04:05Z')).toBeNull();
  });
});

describe('the choices of a schema', () => {
  it('are its values under the labels that they were given', () => {
    const schema = { enum: ['a', 1.5, null, true], 'ui:options': { labels: ['First', 'Second'] } };
    expect(listChoices(schema)).toEqual([
      { json: '"a"', label: 'First' },
      { json: '1.5', label: 'Second' },
      { json: 'null', label: 'null' },
      { json: 'true', label: 'true' },
    ]);
  });

  it.each<[JsonSchema, string | null]>([
    [{ 'ui:options': { filters: [{ name: 'Tables', extensions: ['csv', 'xlsx'] }] } }, '.csv,.xlsx'],
    [{ 'ui:options': { filters: [{ extensions: ['csv'] }, { extensions: ['*'] }] } }, null],
    [{ 'ui:options': { filters: 'csv' } }, null],
    [{ 'ui:options': [] }, null],
    [{}, null],
  ])('say which files are shown first: %j', (schema, accept) => {
    expect(listFileEndings(schema)).toBe(accept);
  });
});

describe('what is wrong with a value', () => {
  const count = buildInput('count', { schema: { type: 'integer', maximum: 10 } });

  it('is said with its place in the text, else as the schema has it', () => {
    expect(findFieldProblem('7', count)).toBeNull();
    expect(findFieldProblem('{"a":\n 1,}', count)).toBe('Line 2, column 3: No comma stands before }.');
    expect(findFieldProblem('12', count)).toBe(
      'It is 12, and its schema says otherwise: 12 is greater than 10.',
    );
  });

  it('is a file that the notebook does not have', () => {
    expect(findFileProblem('"/notebook/a.csv"', ['a.csv'], true)).toBeNull();
    expect(findFileProblem('"/notebook/b.csv"', ['a.csv'], false)).toBe(
      'The file b.csv is not in this notebook. Upload it again, or choose another one.',
    );
    expect(findFileProblem('"hello"', ['a.csv'], false)).toBeNull();
    expect(findFileProblem('"/tmp/x"', ['a.csv'], true)).toBe(
      '/tmp/x is no file of this notebook. Upload it, or choose another one.',
    );
  });
});

describe('an input in few words', () => {
  const secret = { contentMediaType: 'oomol/secret' };
  it.each<[JsonSchema, InputValue | null, string | null, string]>([
    [{}, { kind: 'json', text: '[1, 2]' }, null, '= [1, 2]'],
    [{}, { kind: 'json', text: `"${'x'.repeat(40)}"` }, null, `= "${'x'.repeat(23)}…`],
    [{}, null, '3', '= 3'],
    [{}, null, null, 'missing'],
    [secret, { kind: 'secret', text: 'hush' }, null, '= ••••'],
    [secret, { kind: 'json', text: '"hush"' }, null, '= ••••'],
    [{}, { kind: 'secret', text: 'hush' }, null, '= ••••'],
    [secret, null, '"hush"', '= ••••'],
  ])('is what it takes, and no secret: %j %j %j', (schema, value, defaultValue, words) => {
    expect(describeInput(buildInput('input', { schema, value, defaultValue }))).toBe(words);
  });

  it('says that there is no value where there may be none', () => {
    expect(describeInput(buildInput('input', { isNullable: true }))).toBe('none');
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../model/handles.ts';
import { chooseWidget, type Widget } from './choose-widget.ts';
import {
  createChoice,
  describeSchema,
  getHandleType,
  getSchema,
  handleTypes,
  listChoiceLines,
} from './describe-schema.ts';

describe('the type of a handle', () => {
  it.each(handleTypes.filter((type) => type !== 'choice' && type !== 'custom'))(
    'is told from its schema: %s',
    (type) => {
      expect(getHandleType(getSchema(type))).toBe(type);
    },
  );

  it.each<[JsonSchema, string, Widget]>([
    [{}, 'Anything', 'json'],
    [{ type: 'string' }, 'Text', 'text'],
    [{ type: 'string', minLength: 2 }, 'Text', 'text'],
    [{ type: 'integer', minimum: 0 }, 'Whole number', 'number'],
    [{ type: 'boolean' }, 'True or false', 'switch'],
    [{ enum: ['a', 'b'] }, 'Choice', 'choice'],
    [{ type: 'array', items: { type: 'string' } }, 'List', 'json'],
    [{ type: ['string', 'null'] }, 'JSON Schema', 'text'],
    [{ type: ['string', 'number'] }, 'JSON Schema', 'json'],
    [{ type: 'string', 'ui:widget': 'text' }, 'Text', 'long-text'],
    [{ type: 'string', maxLength: 5_000 }, 'Text', 'long-text'],
    [{ type: 'string', 'ui:widget': 'file' }, 'File', 'file'],
    [{ type: 'string', 'ui:widget': 'save' }, 'Text', 'path'],
    [{ type: 'string', 'ui:widget': 'dir' }, 'Text', 'path'],
    [{ type: 'string', format: 'date' }, 'Date', 'date'],
    [{ type: 'string', format: 'date-time' }, 'Text', 'date-time'],
    [{ type: 'string', format: 'time' }, 'Text', 'time'],
    [{ type: 'string', 'ui:widget': 'color' }, 'Text', 'color'],
    [{ type: 'string', format: 'url' }, 'Text', 'uri'],
    [{ type: 'string', format: 'email' }, 'Text', 'email'],
    [{ type: 'string', contentMediaType: 'oomol/secret' }, 'Secret', 'secret'],
    [{ contentMediaType: 'oomol/var', title: 'model' }, 'Python object', 'object'],
    [{ contentMediaType: 'oomol/bin' }, 'Bytes', 'file'],
  ])('is said in words, and chooses how a value is given: %j', (schema, words, widget) => {
    expect([describeSchema(schema), chooseWidget(schema)]).toEqual([words, widget]);
  });
});

describe('a choice', () => {
  it('is between the lines of a text, each of them once', () => {
    expect(createChoice(' red\n\ngreen \nred\n')).toEqual({ enum: ['red', 'green'] });
    expect(createChoice(' \n')).toBeNull();
  });

  it.each<[JsonSchema, string | null]>([
    [{ enum: ['red', 'dark green'] }, 'red\ndark green'],
    [{ enum: ['red'], title: 'Colour' }, null],
    [{ enum: ['1', 2] }, null],
    [{ enum: [] }, null],
    [{ enum: ['two\nlines'] }, null],
    [{ type: 'string' }, null],
  ])('is edited as lines only where nothing of its schema is lost: %j', (schema, lines) => {
    expect(listChoiceLines(schema)).toBe(lines);
    expect(getHandleType(schema) === 'choice').toBe(lines !== null);
  });
});

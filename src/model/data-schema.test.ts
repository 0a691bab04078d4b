import { describe, expect, it } from 'vitest';
import { findSchemaProblems, hasProblems, inferFields, type SchemaField } from './data-schema.ts';
import { readJsonSchema, writeJsonSchema } from './json-schema-fields.ts';

const buildField = (name: string, change: Partial<SchemaField> = {}): SchemaField => ({
  name,
  type: 'string',
  isNullable: false,
  description: '',
  ...change,
});

describe('a data schema that is being written', () => {
  it('is fine with a name of its own and fields of different names', () => {
    const problems = findSchemaProblems({ name: 'Orders', fields: [buildField('id'), buildField('Id')] }, [
      'Customers',
    ]);
    expect(problems).toEqual({ name: null, fields: [null, null], whole: null });
    expect(hasProblems(problems)).toBe(false);
  });

  it.each([
    ['', 'Give it a name.'],
    ['  ', 'Give it a name.'],
    ['Orders', 'There is a schema “Orders” already.'],
    ['o'.repeat(201), 'A name has at most 200 characters.'],
  ])('is told what is wrong with the name “%s”', (name, problem) => {
    expect(findSchemaProblems({ name, fields: [buildField('id')] }, ['Orders']).name).toBe(problem);
  });

  it('is told which fields have no name, or one that was there before', () => {
    const fields = [buildField('id'), buildField(''), buildField('id')];
    const problems = findSchemaProblems({ name: 'Orders', fields }, []);
    expect(problems.fields).toEqual([null, 'Give the field a name.', 'Field 1 has this name.']);
    expect(hasProblems(problems)).toBe(true);
  });

  it('has one field at least', () => {
    expect(findSchemaProblems({ name: 'Orders', fields: [] }, []).whole).toBe(
      'A schema has one field at least.',
    );
  });
});

describe('the fields of a dataset', () => {
  it('are its columns, any of which may hold nulls', () => {
    const types = [
      ['flag', 'bool', 'boolean'],
      ['count', 'int64', 'integer'],
      ['size', 'uint64', 'integer'],
      ['huge', 'integer', 'integer'],
      ['share', 'float64', 'number'],
      ['day', 'date', 'date'],
      ['moment', 'datetime', 'datetime'],
      ['name', 'string', 'string'],
      ['any', 'mixed', 'string'],
      ['nothing', 'null', 'string'],
    ] as const;
    const columns = types.map(([name, type]) => ({ name, type, timeZone: null }));
    expect(inferFields({ rowCount: 3, columns })).toEqual(
      types.map(([name, , type]) => buildField(name, { type, isNullable: true })),
    );
  });

  it('are objects and arrays where its rows were checked as such, and the column still holds their texts', () => {
    const declared = [
      buildField('lines', { type: 'array' }),
      buildField('address', { type: 'object' }),
      buildField('day', { type: 'date' }),
      buildField('count', { type: 'object' }),
    ];
    const columns = [
      { name: 'lines', type: 'string', timeZone: null },
      { name: 'address', type: 'string', timeZone: null },
      { name: 'day', type: 'string', timeZone: null },
      { name: 'count', type: 'int64', timeZone: null },
      { name: 'note', type: 'string', timeZone: null },
    ] as const;
    expect(inferFields({ rowCount: 1, columns }, declared).map(({ name, type }) => [name, type])).toEqual([
      ['lines', 'array'],
      ['address', 'object'],
      ['day', 'string'],
      ['count', 'integer'],
      ['note', 'string'],
    ]);
  });

  it('are told apart by their names: the last column of a name counts', () => {
    const columns = [
      { name: 'id', type: 'string', timeZone: null },
      { name: 'id', type: 'int64', timeZone: null },
    ] as const;
    expect(inferFields({ rowCount: 0, columns })).toEqual([
      buildField('id', { type: 'integer', isNullable: true }),
    ]);
  });
});

describe('JSON Schema', () => {
  const orders = {
    name: 'Orders',
    description: 'From the shop',
    fields: [
      buildField('id', { type: 'integer', description: 'of the shop' }),
      buildField('at', { type: 'datetime' }),
      buildField('day', { type: 'date', isNullable: true }),
      buildField('note', { isNullable: true }),
      buildField('lines', { type: 'array' }),
      buildField('address', { type: 'object' }),
      buildField('total', { type: 'number' }),
      buildField('isPaid', { type: 'boolean' }),
    ],
  };

  it('says what rows hold', () => {
    expect(JSON.parse(writeJsonSchema(orders))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Orders',
      description: 'From the shop',
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'integer', description: 'of the shop' },
          at: { type: 'string', format: 'date-time' },
          day: { type: ['string', 'null'], format: 'date' },
          note: { type: ['string', 'null'] },
          lines: { type: 'array' },
          address: { type: 'object' },
          total: { type: 'number' },
          isPaid: { type: 'boolean' },
        },
        required: ['id', 'at', 'day', 'note', 'lines', 'address', 'total', 'isPaid'],
        additionalProperties: false,
      },
    });
  });

  it('comes back as it was', () => {
    expect(readJsonSchema(writeJsonSchema(orders))).toEqual({ isOk: true, value: orders });
  });

  it('keeps the order of fields whose names look like numbers, or like anything else', () => {
    const fields = ['b', '10', '2', 'a"c', '__proto__', 'properties', '~'].map((name) => buildField(name));
    const text = writeJsonSchema({ name: 'Odd', description: '', fields });
    expect(text.match(/^ {6}".*(?=: \{)/gm)).toEqual(
      fields.map(({ name }) => `      ${JSON.stringify(name)}`),
    );
    expect(readJsonSchema(text)).toEqual({ isOk: true, value: { name: 'Odd', description: '', fields } });
  });

  it('keeps what is said of objects and arrays', () => {
    const limits = { items: { type: 'integer', minimum: 1 }, maxItems: 3 };
    const fields = [
      buildField('lines', { type: 'array', limits }),
      buildField('address', { type: 'object', limits: { properties: { 2: { type: 'string' } } } }),
    ];
    const schema = { name: 'Orders', description: '', fields };
    expect(readJsonSchema(writeJsonSchema(schema))).toEqual({ isOk: true, value: schema });
  });

  it('is no text with NaN in it', () => {
    expect(readJsonSchema('{"properties": {"id": {"type": "integer", "default": NaN}}}')).toEqual({
      isOk: false,
      problem: 'It is no JSON: NaN and Infinity cannot stand in a JSON Schema.',
    });
  });

  it('may describe one row, and leave fields out', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'integer' }, mail: { type: 'string', format: 'email' } },
      required: ['id'],
    };
    expect(readJsonSchema(JSON.stringify(schema))).toEqual({
      isOk: true,
      value: {
        name: '',
        description: '',
        fields: [buildField('id', { type: 'integer' }), buildField('mail', { isNullable: true })],
      },
    });
  });

  it.each([
    [[], 'A JSON Schema is an object in braces.'],
    [null, 'A JSON Schema is an object in braces.'],
    [{ type: 'string' }, 'It describes no rows: the schema must be of type "object" with "properties".'],
    [{ type: 'array' }, 'It describes no rows: items must be of type "object" with "properties".'],
    [{ type: 'object' }, 'There are no "properties" in the schema.'],
    [{ properties: { id: true } }, 'The property "id" has no schema of its own.'],
    [
      { properties: { id: { type: ['integer', 'string'] } } },
      'The property "id" must be of one "type", or of one and "null".',
    ],
    [
      { properties: { id: { $ref: '#/$defs/id' } } },
      'The property "id" must be of one "type", or of one and "null".',
    ],
    [
      { properties: { id: { type: 'decimal' } } },
      'The property "id" is of the type "decimal", which no field has. There are string, integer, number, boolean, datetime, date, object, array.',
    ],
    [
      { properties: { id: { type: 'integer', minimum: 1 } } },
      'The property "id" says "minimum", which a field cannot keep. Take it out.',
    ],
  ])('%j is refused: %s', (schema, problem) => {
    expect(readJsonSchema(JSON.stringify(schema))).toEqual({ isOk: false, problem });
  });
});

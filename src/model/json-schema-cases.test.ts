import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { checkJson } from './check-json.ts';

/** What both checkers of JSON Schema are held to; the other is `json_schema.py`. */
const cases = v.parse(
  v.array(
    v.object({
      what: v.string(),
      schema: v.record(v.string(), v.unknown()),
      fits: v.array(v.unknown()),
      unfit: v.array(v.unknown()),
    }),
  ),
  JSON.parse(readFileSync('python/tests/json-schema-cases.json', 'utf8')),
);

it.each(cases.map((each) => [each.what, each] as const))('%s', (_what, { schema, fits, unfit }) => {
  const values = [...fits, ...unfit];
  const verdicts = values.map(
    (value) => checkJson(JSON.stringify(value), { schema, isNullable: false }) === null,
  );
  expect(values.map((value, index) => [value, verdicts[index]])).toEqual([
    ...fits.map((value) => [value, true]),
    ...unfit.map((value) => [value, false]),
  ]);
});

const numberCases = v.parse(
  v.array(
    v.object({
      what: v.string(),
      schema: v.record(v.string(), v.unknown()),
      fits: v.array(v.string()),
      unfit: v.array(v.string()),
    }),
  ),
  JSON.parse(readFileSync('python/tests/json-number-cases.json', 'utf8')),
);

it.each(numberCases.map((each) => [each.what, each] as const))(
  'numbers that JSON does not have: %s',
  (_what, { schema, fits, unfit }) => {
    const isFitting = (text: string): boolean =>
      checkJson(text.replace('LONG', '9'.repeat(400)), { schema, isNullable: false }) === null;
    expect([...fits, ...unfit].map((text) => [text, isFitting(text)])).toEqual([
      ...fits.map((text) => [text, true]),
      ...unfit.map((text) => [text, false]),
    ]);
  },
);

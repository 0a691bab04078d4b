import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { json, sales, showField, type } from './testing/show-field.ts';

describe('a text', () => {
  const schema = { type: 'string' };

  test('is given as it was typed, and an empty one is told from none', async () => {
    const { field, given, said, press } = await showField({ schema, isNullable: true });
    expect(said()).toEqual(['false', 'No value']);
    await field.click();
    await type('two "words"{Enter}');
    expect(said()).toEqual(['false', '']);
    await userEvent.clear(field);
    await type('{Tab}');
    expect(said()).toEqual(['false', 'Empty text']);
    await press('No value for x');
    expect(said()).toEqual(['false', 'No value']);
    await press('Empty text for x');
    expect(given).toEqual([json('"two \\"words\\""'), json('""'), null, json('""')]);
  });

  test('shows its default as such, and takes it again', async () => {
    const { field, given, said, press } = await showField({
      schema,
      defaultValue: '"red"',
      isNullable: true,
    });
    await expect.element(field).toHaveValue('red');
    expect(said()).toEqual(['false', 'Default']);
    await userEvent.fill(field, 'blue');
    await type('{Enter}');
    await press('Use default of x');
    await expect.element(field).toHaveValue('red');
    await press('No value for x');
    await expect.element(field).toHaveValue('');
    expect(said()).toEqual(['false', 'No value']);
    expect(given).toEqual([json('"blue"'), null, json('null')]);
  });

  test('says while it is typed how it has to be', async () => {
    const { field, given, said } = await showField({ schema: { ...schema, maxLength: 3 } });
    expect(said()).toEqual(['false', 'It needs a value.']);
    await field.click();
    await type('four');
    expect(said()).toEqual([
      'true',
      'It is "four", and its schema says otherwise: String is too long (4 > 3).',
    ]);
    await type('{Backspace}');
    expect(said()).toEqual(['false', 'It needs a value.']);
    await type('{Enter}');
    expect(given).toEqual([json('"fou"')]);
  });

  test('of several lines keeps them when it is pasted into one', async () => {
    const { field, given, target } = await showField({ schema, value: json('"ab"') });
    await field.click();
    await type('{ArrowLeft}');
    const data = new DataTransfer();
    data.setData('text/plain', 'one\ntwo');
    field.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    await expect.poll(() => given.length).toBe(1);
    expect(given).toEqual([json('"aone\\ntwob"')]);
    expect(target.querySelector('textarea')?.value).toBe('aone\ntwob');
    expect(document.activeElement).toBe(target.querySelector('textarea'));
  });

  test('may be the path of a file, which is chosen, uploaded or dropped', async () => {
    const { field, given, press, said, screen, uploaded, target } = await showField({ schema });
    await press('Choose a file for x');
    await userEvent.selectOptions(field, 'sales.csv · 2.0 kB');
    await userEvent.upload(
      screen.getByLabelText('File for x', { exact: true }),
      new File(['a,b'], 'new.csv', { type: 'text/csv' }),
    );
    await expect.element(field).toHaveValue('/notebook/new.csv');
    await press('Type a text for x');
    await expect.element(field).toHaveValue('/notebook/new.csv');
    const data = new DataTransfer();
    data.items.add(new File(['too large'], 'large.csv'));
    const over = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true });
    field.element().dispatchEvent(over);
    expect(over.defaultPrevented).toBe(true);
    await expect.poll(() => target.querySelector('.dropping')).not.toBeNull();
    field.element().dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    await expect.poll(said).toEqual(['true', 'large.csv: too large was not added: it is too large.']);
    expect(uploaded).toEqual(['new.csv: a,b', 'large.csv: too large']);
    expect(given).toEqual([json('"/notebook/sales.csv"'), json('"/notebook/new.csv"')]);
  });

  test('that names a file which is gone says so', async () => {
    const { said, setFiles, field } = await showField({ schema, value: json('"/notebook/sales.csv"') });
    expect([field.element().tagName, ...said()]).toEqual(['SELECT', 'false', '']);
    await setFiles([]);
    expect([field.element().tagName, ...said()]).toEqual([
      'INPUT',
      'false',
      'The file sales.csv is not in this notebook. Upload it again, or choose another one.',
    ]);
  });
});

describe('a file', () => {
  const schema = { type: 'string', 'ui:widget': 'file' };

  test('is one of the notebook, and one that is gone is named with the remedy', async () => {
    const { field, given, said, setFiles } = await showField({ schema });
    expect(said()).toEqual(['false', 'It needs a value.']);
    await userEvent.selectOptions(field, 'sales.csv · 2.0 kB');
    expect(given).toEqual([json('"/notebook/sales.csv"')]);
    await setFiles([]);
    expect(said()).toEqual([
      'true',
      'The file sales.csv is not in this notebook. Upload it again, or choose another one.',
    ]);
    const options = [...field.element().querySelectorAll('option')].map(({ textContent }) => textContent);
    expect(options).toEqual(['sales.csv (missing)']);
  });

  test('is uploaded under the endings that the schema asks for, and gives its bytes where these are wanted', async () => {
    const bytes = {
      contentMediaType: 'oomol/bin',
      'ui:options': { filters: [{ extensions: ['png', 'jpg'] }] },
    };
    const { given, screen } = await showField({ schema: bytes });
    const picker = screen.getByLabelText('File for x', { exact: true });
    expect(picker.element().getAttribute('accept')).toBe('.png,.jpg');
    await userEvent.upload(picker, new File(['pixels'], 'photo.png', { type: 'image/png' }));
    await expect.poll(() => given).toEqual([json('"/notebook/photo.png"')]);
  });
});

describe('a number', () => {
  test('is kept to what its schema allows, and its steps', async () => {
    const schema = { type: 'integer', minimum: 2, maximum: 9 };
    const { field, given, said } = await showField({ schema, defaultValue: '3' });
    await field.click();
    await type('{ArrowUp}');
    await expect.element(field).toHaveValue(4);
    await userEvent.fill(field, '12');
    expect(said()).toEqual(['true', 'It is 12, and its schema says otherwise: 12 is greater than 9.']);
    await userEvent.fill(field, '');
    await type('{Tab}');
    await expect.element(field).toHaveValue(3);
    expect(given.at(-1)).toBeNull();
    await field.click();
    await userEvent.fill(field, '');
    await type('{Tab}');
    await expect.element(field).toHaveValue(3);
    expect(said()).toEqual(['false', 'Default']);
  });

  test('keeps all its digits, and what is no number for the field stands as JSON', async () => {
    const schema = { type: 'number' };
    const { field, given } = await showField({ schema, value: json('NaN') });
    expect([field.element().tagName, (field.element() as HTMLTextAreaElement).value]).toEqual([
      'TEXTAREA',
      'NaN',
    ]);
    await userEvent.fill(field, '12345678901234567890');
    await type('{Tab}');
    expect([given, field.element().tagName]).toEqual([[json('12345678901234567890')], 'INPUT']);
    await expect.element(field).toHaveValue(Number('12345678901234567890'));
    expect((field.element() as HTMLInputElement).value).toBe('12345678901234567890');
  });
});

test('a choice is among the values of the schema, of any type', async () => {
  const schema = { enum: ['a', 2, null], 'ui:options': { labels: ['First'] } };
  const { field, given, said } = await showField({ schema });
  const options = () => [...field.element().querySelectorAll('option')].map(({ textContent }) => textContent);
  expect(options()).toEqual(['Choose one', 'First', '2', 'null']);
  for (const option of ['2', 'null', 'First']) await userEvent.selectOptions(field, option);
  expect(given).toEqual([json('2'), json('null'), json('"a"')]);
  expect([options(), said()]).toEqual([
    ['First', '2', 'null'],
    ['false', ''],
  ]);
});

test('true and false are told from what is not set', async () => {
  const { field, given, target } = await showField({ schema: { type: 'boolean' } });
  const words = () => target.querySelector('.switch')?.textContent.trim();
  expect([words(), (field.element() as HTMLInputElement).indeterminate]).toEqual(['Not set', true]);
  field.element().focus();
  await type(' ');
  expect(words()).toBe('True');
  await type(' ');
  expect([words(), given]).toEqual(['False', [json('true'), json('false')]]);
});

test('JSON that is wrong says where, as it is typed, and is kept all the same', async () => {
  const schema = { type: 'object', required: ['a'] };
  const { field, given, said } = await showField({ schema });
  await userEvent.fill(field, '{"a": 1,\n "b": }');
  expect(said()).toEqual(['true', 'Line 2, column 7: A value is missing here.']);
  await type('{Tab}');
  expect([given, said()]).toEqual([
    [json('{"a": 1,\n "b": }')],
    ['true', 'Line 2, column 7: A value is missing here.'],
  ]);
  await field.click();
  await userEvent.fill(field, '{"b": 1}');
  await expect
    .poll(() => said()[1])
    .toBe('It is {"b": 1}, and its schema says otherwise: Instance does not have required property "a".');
});

test.each([
  ['date', 'date', '2026-02-03', '"2026-02-03"'],
  ['time', 'time', '03:04:05', '"03:04:05Z"'],
  ['uri', 'url', 'https://example.org/a', '"https://example.org/a"'],
  ['email', 'email', 'ada@example.org', '"ada@example.org"'],
])('a text of the format %s has the field of the browser', async (format, kind, typed, expected) => {
  const { field, given, said } = await showField({ schema: { type: 'string', format } });
  expect(field.element().getAttribute('type')).toBe(kind);
  await userEvent.fill(field, typed);
  await type('{Tab}');
  expect([given.at(-1), said()]).toEqual([json(expected), ['false', '']]);
});

test('a time of a day is given with the offset of this device, and shown as it is here', async () => {
  const schema = { type: 'string', format: 'date-time' };
  const { field, given, said } = await showField({ schema, value: json('"2026-02-03T04:05:06Z"') });
  const shown = (field.element() as HTMLInputElement).value;
  expect(new Date(shown).toISOString()).toBe('2026-02-03T04:05:06.000Z');
  await userEvent.fill(field, '2026-02-03T10:00');
  await type('{Tab}');
  const [value] = given;
  const text: unknown = value?.kind === 'json' ? JSON.parse(value.text) : null;
  expect([new Date(String(text)).getTime(), said()]).toEqual([
    new Date('2026-02-03T10:00').getTime(),
    ['false', ''],
  ]);
});

test('a colour is typed or picked', async () => {
  const { field, given, screen } = await showField({ schema: { type: 'string', 'ui:widget': 'color' } });
  await userEvent.fill(field, '#102030');
  await type('{Tab}');
  const swatch = screen.getByLabelText('Value of x, as a colour', { exact: true });
  await expect.element(swatch).toHaveValue('#102030');
  await userEvent.fill(swatch, '#ffffff');
  expect(given).toEqual([json('"#102030"'), json('"#ffffff"')]);
  await expect.element(field).toHaveValue('#ffffff');
});

test('a folder is any path, and those of the notebook are offered', async () => {
  const schema = { type: 'string', 'ui:widget': 'dir' };
  const { field, target, given } = await showField({ schema }, [sales, { ...sales, path: 'data/old/a.csv' }]);
  expect([...target.querySelectorAll('option')].map(({ value }) => value)).toEqual([
    '/notebook',
    '/notebook/data/old',
  ]);
  await userEvent.fill(field, '/session/out');
  await type('{Tab}');
  expect(given).toEqual([json('"/session/out"')]);
});

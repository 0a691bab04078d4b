import { describe, expect, test } from 'vitest';
import { buildHash, buildOutput } from '../../model/testing/builders.ts';
import { showField, type } from './testing/show-field.ts';

describe('a secret', () => {
  const schema = { type: 'string', contentMediaType: 'oomol/secret' };

  test('is never shown after it was entered, and can be changed and removed', async () => {
    const { field, given, press, target, screen } = await showField({ schema });
    await field.click();
    expect(field.element().getAttribute('type')).toBe('password');
    await type('hush{Enter}');
    expect([target.textContent.replace(/\s+/g, ' ').trim(), target.innerHTML.includes('hush')]).toEqual([
      '•••••••• Change',
      false,
    ]);
    await expect.element(screen.getByRole('button', { name: 'Change the secret x' })).toHaveFocus();
    await type('{Enter}');
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue('');
    await type('x{Escape}');
    await expect.element(screen.getByRole('button', { name: 'Change the secret x' })).toHaveFocus();
    await press('Change the secret x');
    await type('new{Enter}');
    await press('Remove the secret x');
    await expect.element(field).toHaveFocus();
    expect(given).toEqual([{ kind: 'secret', text: 'hush' }, { kind: 'secret', text: 'new' }, null]);
  });

  test('of fewer than four characters comes with a word about it', async () => {
    const { target, press, screen } = await showField({ schema, value: { kind: 'secret', text: 'abc' } });
    expect(target.textContent.replace(/\s+/g, ' ').trim()).toBe(
      '•••••••• Change A secret this short cannot be hidden in texts: the log and the outputs may show it. Use four characters or more.',
    );
    await press('Change the secret x');
    await expect
      .element(screen.getByLabelText('Value of x', { exact: true }))
      .toHaveAccessibleDescription(/^A secret this short/u);
    await type('😀😀😀😀{Enter}');
    expect(target.textContent.replace(/\s+/g, ' ').trim()).toBe('•••••••• Change');
  });

  test('stays hidden where its input is none any more', async () => {
    const { target } = await showField({
      schema: { type: 'string' },
      value: { kind: 'secret', text: 'hush' },
    });
    expect(target.textContent.replace(/\s+/g, ' ').trim()).toBe('•••••••• Change');
    expect(target.innerHTML).not.toContain('hush');
  });
});

describe('a dataset', () => {
  const { summary, blob } = buildOutput('result', buildHash('a'));
  const dataset = { kind: 'dataset', title: 'Sales: result', summary, blob, byteSize: 34_000 } as const;

  test('is shown with its size, and can be changed and removed', async () => {
    const { target, press, asked, given, screen } = await showField({ value: dataset });
    expect(target.textContent.replace(/\s+/g, ' ').trim()).toBe('Sales: result 1 row × 1 column · 34.0 kB');
    await press('Change the dataset of x');
    await press('Remove the dataset of x');
    expect([asked, given]).toEqual([['dataset'], [null]]);
    await press('Choose a dataset for x');
    expect(asked).toEqual(['dataset', 'dataset']);
    await expect
      .element(screen.getByLabelText('Value of x', { exact: true }))
      .toHaveAttribute('placeholder', 'JSON');
  });

  test('is all that a person can give for a Python object, and nothing for a text', async () => {
    const object = await showField({ schema: { contentMediaType: 'oomol/var' } });
    expect(object.target.textContent.replace(/\s+/g, ' ').trim()).toBe(
      'Choose a dataset Connect it to a cell that puts out a Python object, or choose a dataset.',
    );
    const text = await showField({ schema: { type: 'string' } });
    expect(text.screen.getByRole('button', { name: 'Choose a dataset for x' }).elements()).toEqual([]);
  });
});

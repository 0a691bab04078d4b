import { render } from 'vitest-browser-svelte';
import { userEvent, type Locator } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import type { InputHandle, OutputHandle } from '../../model/handles.ts';
import { buildHandle, buildHash, buildInput, buildOutput } from '../../model/testing/builders.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import HandleDialog from './HandleDialog.svelte';
import HandleList from './HandleList.svelte';

async function showDialog(handle: InputHandle | null, takenNames: readonly string[] = []) {
  const saved: InputHandle[] = [];
  let closed = 0;
  const screen = await render(HandleDialog<'input'>, {
    side: 'input',
    handle,
    takenNames,
    onSave: (input: InputHandle) => saved.push(input),
    onClose: () => {
      closed += 1;
    },
  });
  const find = (name: string) => screen.getByLabelText(name, { exact: true });
  return {
    screen,
    saved,
    find,
    countClosed: () => closed,
    /** Whether a field is wrong, and what is said of it. */
    said: (name: string) => {
      const field = find(name).element();
      const problem = document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;
      return [field.getAttribute('aria-invalid'), problem];
    },
  };
}

function readField(field: Element): unknown {
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked;
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : null;
}

describe('the dialog of an input', () => {
  test('is filled in by keyboard alone, and gives the input once', async () => {
    const { saved, find, countClosed, screen } = await showDialog(null);
    await expect.element(screen.getByRole('dialog', { name: 'New input' })).toBeVisible();
    await expect.element(find('Name')).toHaveFocus();
    await userEvent.keyboard('count{Tab}How many{Tab}Whole{Tab}3{Tab} {Enter}');
    expect([saved, countClosed()]).toEqual([
      [
        buildInput('count', {
          description: 'How many',
          schema: { type: 'integer' },
          defaultValue: '3',
          isNullable: true,
        }),
      ],
      1,
    ]);
  });

  test('says what is wrong with a name when it is to be saved, and not before', async () => {
    const { saved, find, said } = await showDialog(null, ['rows']);
    await userEvent.keyboard('rows');
    expect(said('Name')).toEqual(['false', '']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => said('Name')).toEqual(['true', 'There is another input of this name.']);
    await userEvent.clear(find('Name'));
    await expect.poll(() => said('Name')).toEqual(['true', 'A handle needs a name.']);
    expect(saved).toEqual([]);
  });

  test('lists what can be chosen, a line each, and wants one at least', async () => {
    const { screen, saved, find, said } = await showDialog(null);
    await userEvent.fill(find('Name'), 'colour');
    await userEvent.selectOptions(find('Type'), 'Choice');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await expect
      .poll(() => said('Choices, one a line'))
      .toEqual(['true', 'A choice needs something to choose.']);
    await userEvent.fill(find('Choices, one a line'), 'red\ngreen');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(saved).toEqual([buildInput('colour', { schema: { enum: ['red', 'green'] } })]);
  });

  test.each<[string, (find: (name: string) => Locator) => Promise<void>]>([
    ['description', (find) => userEvent.fill(find('Description'), 'How many')],
    ['type', (find) => userEvent.selectOptions(find('Type'), 'Text')],
    ['null', (find) => userEvent.click(find('May be null'))],
  ])('asks before it is left with another %s, whichever way, and keeps it', async (_, write) => {
    const { screen, find, saved, countClosed } = await showDialog(buildInput('count'));
    const read = () => JSON.stringify([...document.querySelectorAll('input, select')].map(readField));
    await write(find);
    const written = read();
    const press = (name: string) => screen.getByRole('button', { name, exact: true }).click();
    const stay = screen.getByRole('button', { name: 'Keep editing' });
    for (const leave of [() => press('Cancel'), () => press('Close'), () => userEvent.keyboard('{Escape}')]) {
      await leave();
      await expect.element(stay).toHaveFocus();
      await stay.click();
      await expect.element(find('Name')).toHaveFocus();
    }
    expect([read(), saved, countClosed()]).toEqual([written, [], 0]);
    await userEvent.keyboard('{Escape}');
    await press('Discard');
    expect([saved, countClosed()]).toEqual([[], 1]);
  });

  test('is left at once without changes', async () => {
    const { countClosed } = await showDialog(buildInput('count'));
    await userEvent.keyboard('{Escape}');
    expect(countClosed()).toBe(1);
  });

  test('names the place of a mistake in a schema and in a default', async () => {
    const { saved, find, said } = await showDialog(
      buildInput('rows', { schema: { type: 'array', minItems: 1 } }),
    );
    await expect.element(find('Type')).toHaveDisplayValue('JSON Schema');
    await userEvent.fill(find('JSON Schema'), '{"type": "array",\n "minItems": one}');
    await expect
      .poll(() => said('JSON Schema'))
      .toEqual(['true', 'Line 2, column 14: one is no value. A text stands in double quotes.']);
    await userEvent.fill(find('JSON Schema'), '[]');
    await expect
      .poll(() => said('JSON Schema'))
      .toEqual(['true', 'That is no JSON Schema. It is an object, such as {"type": "string"}.']);
    await userEvent.fill(find('JSON Schema'), '{"type": "array", "minItems": 1}');
    await userEvent.fill(find('Default, as JSON'), '[');
    await expect
      .poll(() => said('Default, as JSON'))
      .toEqual(['true', 'Line 1, column 2: A value is missing at the end.']);
    await userEvent.fill(find('Default, as JSON'), '[]');
    await expect
      .poll(() => said('Default, as JSON'))
      .toEqual(['true', 'It is [], and its schema says otherwise: Array has too few items (0 < 1).']);
    await userEvent.keyboard('{Enter}');
    expect(saved).toEqual([]);
    await userEvent.fill(find('Default, as JSON'), '[1]');
    await userEvent.keyboard('{Enter}');
    expect(saved.map(({ defaultValue }) => defaultValue)).toEqual(['[1]']);
  });

  test.each<[string, Partial<InputHandle>, string, InputHandle['value']]>([
    [
      'lets a secret go when it would be shown',
      {
        schema: { type: 'string', contentMediaType: 'oomol/secret' },
        value: { kind: 'secret', text: 'hush' },
      },
      'Text',
      null,
    ],
    [
      'lets what everybody could read go when it becomes a secret',
      { schema: { type: 'string' }, value: { kind: 'json', text: '"open"' } },
      'Secret',
      null,
    ],
    [
      'keeps a value of another type, which is shown as it is',
      { schema: { type: 'string' }, value: { kind: 'json', text: '"open"' } },
      'Number',
      { kind: 'json', text: '"open"' },
    ],
    [
      'lets a dataset go where none fits',
      { value: { kind: 'dataset', title: 'Sales', ...pickDataset() } },
      'Number',
      null,
    ],
    [
      'keeps a dataset where one fits',
      { value: { kind: 'dataset', title: 'Sales', ...pickDataset() } },
      'Python object',
      { kind: 'dataset', title: 'Sales', ...pickDataset() },
    ],
  ])('%s', async (_, partial, type, value) => {
    const { saved, find, screen } = await showDialog(buildInput('x', partial));
    await userEvent.selectOptions(find('Type'), type);
    await screen.getByRole('button', { name: 'Save' }).click();
    expect(saved.map((input) => input.value)).toEqual([value]);
  });
});

function pickDataset() {
  const { summary, blob, byteSize } = buildOutput('result', buildHash('a'));
  return { summary, blob, byteSize };
}

describe('the list of handles', () => {
  test('names each with its type, and is used by keyboard', async () => {
    const handles: OutputHandle[] = [
      { ...buildHandle('rows'), description: 'What was sold', isNullable: true },
      { ...buildHandle('photo'), schema: { contentMediaType: 'oomol/bin' } },
    ];
    const asked: string[] = [];
    const { container } = await render(HandleList, {
      title: 'Outputs',
      handles,
      wish: null,
      onAdd: () => asked.push('add'),
      onEdit: ({ name }: OutputHandle) => asked.push(`edit ${name}`),
      onRemove: ({ name }: OutputHandle) => asked.push(`remove ${name}`),
    });
    const items = [...container.querySelectorAll('li')].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(items).toEqual(['rows Anything, or null What was sold', 'photo Bytes']);
    container.querySelector('button')?.focus();
    const names: (string | null | undefined)[] = [];
    while (names.length < 5) {
      names.push(document.activeElement?.getAttribute('aria-label'));
      await userEvent.keyboard('{Enter}{Tab}');
    }
    expect(names).toEqual([
      'Add output',
      'Edit output rows',
      'Remove output rows',
      'Edit output photo',
      'Remove output photo',
    ]);
    expect(asked).toEqual(['add', 'edit rows', 'remove rows', 'edit photo', 'remove photo']);
  });

  test('says that there is none', async () => {
    const nothing = () => undefined;
    const { container } = await render(HandleList, {
      title: 'Inputs',
      handles: [],
      wish: null,
      onAdd: nothing,
      onEdit: nothing,
      onRemove: nothing,
    });
    expect(container.textContent.replace(/\s+/g, ' ').trim()).toBe('Inputs None yet.');
  });
});

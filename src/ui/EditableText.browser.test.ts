import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import EditableText from './EditableText.svelte';

const family = '👩\u200d👩\u200d👧';

async function edit(text: string) {
  const told: (string | null)[] = [];
  const screen = await render(EditableText, {
    text,
    label: 'Title',
    isEditing: true,
    onStart: () => undefined,
    onEnd: (ended: string | null) => told.push(ended),
    onEmpty: () => told.push('empty'),
  });
  return { told, field: screen.getByRole('textbox', { name: 'Title' }) };
}

test('a long text ends with a whole character', async () => {
  const { told, field } = await edit('First');
  const begin = 'x'.repeat(198);
  await field.fill(begin + family);
  await expect.element(field).toHaveValue(begin);
  await userEvent.keyboard('{Enter}');
  expect(told).toEqual([begin]);
});

test('what is written into a full field pushes out its end, and the cursor stays', async () => {
  const { field } = await edit('First');
  await field.fill('x'.repeat(200));
  const element = field.element() as HTMLInputElement;
  element.setSelectionRange(1, 1);
  await userEvent.keyboard('y');
  expect([element.value, element.selectionStart]).toEqual([`xy${'x'.repeat(198)}`, 2]);
});

test('a text of nothing but spaces is told of, and changes nothing', async () => {
  const { told, field } = await edit('First');
  await field.fill('   ');
  await userEvent.keyboard('{Enter}');
  expect(told).toEqual(['empty', null]);
});

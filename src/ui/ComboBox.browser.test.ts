import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import ComboBox from './ComboBox.svelte';
import './base.css';
import './tokens.css';

const options = [
  { text: 'iris', note: '3 versions' },
  { text: 'old iris' },
  { text: 'Wine' },
  { text: 'rose' },
] as const;

/** A field whose text is what was told last, unless it is one that is not taken. */
async function show(value = '', offered: readonly { readonly text: string }[] = options) {
  const told: string[] = [];
  const getProps = (current: string) => ({
    label: 'Model',
    value: current,
    options: offered,
    onChange: (text: string) => {
      told.push(text);
      if (text !== '') void screen.rerender(getProps(text));
    },
  });
  const screen = await render(ComboBox, getProps(value));
  const field = screen.getByRole('combobox', { name: 'Model' });
  const list = screen.getByRole('listbox', { name: 'Model' });
  const names = () =>
    list
      .getByRole('option')
      .elements()
      .map(({ textContent }) => textContent.trim().split(/\s{2,}/)[0]);
  const isShown = () => list.elements().length === 1;
  return {
    screen,
    field,
    list,
    told,
    names,
    isShown,
    getText: () => (field.element() as HTMLInputElement).value,
  };
}

describe('a field that offers what is known', () => {
  test('shows all that is known when it is pressed, whatever stands in it', async () => {
    const { field, names } = await show('rose');
    await expect.element(field).toHaveAttribute('aria-expanded', 'false');
    await field.click();
    await expect.poll(names).toEqual(['iris 3 versions', 'old iris', 'Wine', 'rose']);
    await expect.element(field).toHaveAttribute('aria-expanded', 'true');
  });

  test('finds by what is typed, first those that begin with it, and takes the one that is pressed', async () => {
    const { screen, field, names, told, isShown, getText } = await show();
    await field.fill('IRI');
    await expect.poll(names).toEqual(['iris 3 versions', 'old iris']);
    await screen.getByRole('option', { name: 'old iris' }).click();
    await expect.poll(() => told).toEqual(['old iris']);
    expect([isShown(), getText()]).toEqual([false, 'old iris']);
    await expect.element(field).toHaveFocus();
  });

  test('is walked by keys, from the one that stands in it, and tells which is meant', async () => {
    const { field, told, screen } = await show('Wine');
    await field.click();
    await userEvent.keyboard('{Escape}{ArrowDown}');
    const meant = () => field.element().getAttribute('aria-activedescendant');
    const idOf = (name: string) => screen.getByRole('option', { name }).element().id;
    await expect.poll(meant).toBe(idOf('Wine'));
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(meant).toBe(idOf('rose'));
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(meant).toBe(idOf('iris 3 versions'));
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await expect.poll(() => told).toEqual(['rose']);
  });

  test('takes a text that is not known, without the spaces around it, when it is left', async () => {
    const { field, told } = await show();
    await field.fill('  new one ');
    expect(told).toEqual([]);
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => told).toEqual(['new one']);
  });

  test('tells nothing where nothing was changed, and shows again what holds where a text was not taken', async () => {
    const { field, told, getText } = await show('rose');
    await field.click();
    await userEvent.keyboard('{Tab}');
    expect(told).toEqual([]);
    await field.fill('');
    await userEvent.keyboard('{Tab}');
    await expect.poll(getText).toBe('rose');
    expect(told).toEqual(['']);
  });

  test('gives up what was typed with Escape, which goes no further then', async () => {
    const { field, told, isShown, getText } = await show('rose');
    const heard: string[] = [];
    const hear = ({ key }: KeyboardEvent) => heard.push(key);
    document.body.addEventListener('keydown', hear);
    await field.fill('x');
    await userEvent.keyboard('{Escape}');
    await expect.poll(getText).toBe('rose');
    expect([isShown(), heard]).toEqual([false, []]);
    await userEvent.keyboard('{Escape}');
    expect(heard).toEqual(['Escape']);
    document.body.removeEventListener('keydown', hear);
    await userEvent.keyboard('{Tab}');
    expect(told).toEqual([]);
  });

  test('says that a name is not known, and that there are more than it shows', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ text: `model ${index}` }));
    const { screen, field, names } = await show('', many);
    await field.click();
    await expect.poll(() => names().length).toBe(50);
    await expect.element(screen.getByText('More are found by typing.')).toBeVisible();
    await field.fill('59');
    await expect.poll(names).toEqual(['model 59']);
    await field.fill('zebra');
    await expect.element(screen.getByText('None of this name is known.')).toBeVisible();
  });

  test('is a plain field where nothing is known', async () => {
    const { field, isShown, told } = await show('', []);
    await field.fill('new');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.poll(() => told).toEqual(['new']);
    expect(isShown()).toBe(false);
  });
});

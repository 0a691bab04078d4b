import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';

async function showJson(text: string) {
  const store = new PreviewStore();
  const shown = await showPreview({ type: 'json', text: store.keep(text) }, store);
  const rows = () =>
    [...shown.container.querySelectorAll('[role=treeitem]')].map(
      (row) =>
        `${' '.repeat(Number(row.getAttribute('aria-level')) - 1)}${row.textContent.replace(/\s+/g, ' ').trim()}`,
    );
  const active = () =>
    shown.container.querySelector('[aria-selected=true]')?.textContent.replace(/\s+/g, ' ').trim();
  return { ...shown, rows, active };
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await userEvent.keyboard(`{${key}}`);
}

function focus(element: Element): void {
  if (element instanceof HTMLElement) element.focus();
}

test('JSON is a tree whose values stand as they were written', async () => {
  const { rows, screen } = await showJson(
    '{"n": 12345678901234567890, "x": [NaN, -Infinity, 1.10], "s": "K\\u00f6ln\\n", "": null, "e": {}}',
  );
  await expect
    .poll(rows)
    .toEqual([
      '{ } 5 members',
      ' n: 12345678901234567890',
      ' x: [ ] 3 elements',
      '  0: NaN',
      '  1: -Infinity',
      '  2: 1.10',
      ' s: "Köln\\n"',
      ' "": null',
      ' e: { } 0 members',
    ]);
  await expect
    .element(screen.getByRole('treeitem', { name: 'x: [ ] 3 elements' }))
    .toHaveAttribute('aria-expanded', 'true');
});

test('the keyboard walks the tree, opens and closes', async () => {
  const { rows, active, screen } = await showJson('{"a": {"b": 1}, "c": [2]}');
  await expect.poll(() => rows().length).toBe(5);
  focus(screen.getByRole('tree', { name: 'JSON' }).element());

  await press('ArrowDown', 'ArrowDown');
  expect(active()).toBe('b: 1');
  await press('ArrowLeft');
  expect(active()).toBe('a: { } 1 member');
  await press('ArrowLeft');
  await expect.poll(rows).toEqual(['{ } 2 members', ' a: { } 1 member', ' c: [ ] 1 element', '  0: 2']);
  await press('End');
  expect(active()).toBe('0: 2');
  await press('Home', 'ArrowDown', 'ArrowRight', 'ArrowRight');
  expect(active()).toBe('b: 1');
});

test('a path and a value are copied as Python and as they were written', async () => {
  const copied: string[] = [];
  const { clipboard } = navigator;
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
  });
  const { screen, rows } = await showJson('{"rows": [{"a \\"b": "x\\ty"}, 1e400]}');
  await expect.poll(() => rows().length).toBe(5);
  await screen.getByRole('treeitem', { name: 'a "b: "x\\ty"' }).click();
  await screen.getByRole('button', { name: 'Copy path' }).click();
  await screen.getByRole('button', { name: 'Copy value' }).click();
  await screen.getByRole('treeitem', { name: '1: 1e400' }).click();
  await screen.getByRole('button', { name: 'Copy value' }).click();
  await expect.poll(() => copied).toEqual(['["rows"][0]["a \\"b"]', 'x\ty', '1e400']);
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
});

test('a search opens what it finds, and goes on and back', async () => {
  const zeros = Array.from({ length: 60 }, () => 0).join(',');
  const { screen, active } = await showJson(`{"many": [${zeros}], "in": {"Köln": [1], "z": "k\\u00d6ln"}}`);
  await screen.getByRole('searchbox', { name: 'Search names and values' }).fill('köln');
  await expect.element(screen.getByText('1 of 2')).toBeVisible();
  expect(active()).toBe('Köln: [ ] 1 element');
  await screen.getByRole('button', { name: 'Next place' }).click();
  expect(active()).toBe('z: "kÖln"');
  await screen.getByRole('button', { name: 'Previous place' }).click();
  await expect.element(screen.getByText('1 of 2')).toBeVisible();
  await screen.getByRole('searchbox').fill('nowhere');
  await expect.element(screen.getByText('Not found')).toBeVisible();
});

test('what takes its place keeps the open nodes', async () => {
  const zeros = Array.from({ length: 60 }, () => 0).join(',');
  const { screen, store, rows, replace } = await showJson(`{"a": {"b": 1}, "many": [${zeros}]}`);
  await expect.poll(() => rows().length).toBe(3);
  await screen.getByRole('treeitem', { name: 'a: { } 1 member' }).click();
  await expect.poll(() => rows().length).toBe(4);
  await replace({ type: 'json', text: store.keep(`{"z": 0, "a": {"b": 2}, "many": [${zeros}]}`) });
  await expect
    .poll(rows)
    .toEqual(['{ } 3 members', ' z: 0', ' a: { } 1 member', '  b: 2', ' many: [ ] 60 elements']);
});

describe('what is no JSON', () => {
  test('says where, and is shown as text', async () => {
    const { screen } = await showJson('{"a": 1,\n oops}');
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent(
        'This is no JSON, so it is shown as text: line 2, column 2: expected a name in quotes, found “o”.',
      );
    await expect.element(screen.getByRole('region', { name: 'Text' })).toHaveTextContent('{"a": 1, oops}');
  });

  test('under another name is said to be unknown', async () => {
    const store = new PreviewStore();
    const { screen } = await showPreview({ type: 'other', name: 'graph', text: store.keep('[1]') }, store);
    await expect
      .element(screen.getByText('“graph” is no type of preview known here; its data is shown as JSON.'))
      .toBeVisible();
    await expect.element(screen.getByRole('treeitem', { name: '0: 1' })).toBeVisible();
  });
});

test('10 MB are read, opened and searched, and only rows near what is seen are drawn', async () => {
  const item = '{"id": 12345678901234567890, "name": "row", "tags": ["a", "b", null], "value": 0.25}';
  const text = `[${Array.from({ length: 120_000 }, () => item).join(',\n')}, "the needle"]`;
  const { screen, rows, active } = await showJson(text);
  await expect.poll(rows).toContain('[ ] 120,001 elements');
  await screen.getByRole('button', { name: 'Open all' }).click();
  await expect.poll(rows).toContain('  id: 12345678901234567890');
  expect(screen.getByRole('tree').element().scrollHeight).toBeGreaterThan(1_000_000);
  expect(rows().length).toBeLessThan(50);
  await screen.getByRole('searchbox').fill('needle');
  await expect.poll(active).toBe('120000: "the needle"');
  expect(rows().length).toBeLessThan(50);
});

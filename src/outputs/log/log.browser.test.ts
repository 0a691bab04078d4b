import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { countNotices } from '../../model/log-notices.ts';
import type { LogEntry, LogStream } from '../../model/job.ts';
import { LogFolder } from '../../model/log-text.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import LogView from './LogView.svelte';
import type { NoticeGoal } from './notice-goal.ts';

function entry(stream: LogStream, text: string): LogEntry {
  return { time: Date.UTC(2026, 0, 2, 3, 4, 5), stream, text };
}

function createLog(entries: readonly LogEntry[], version = 1) {
  const shown = new LogFolder();
  shown.add(entries);
  return { shown, version, notices: countNotices(entries), toFile: () => new Blob() };
}

async function show(entries: readonly LogEntry[], goal: NoticeGoal | null = null) {
  const screen = await render(LogView, { log: createLog(entries), isBusy: false, fileName: 'log', goal });
  const log = screen.getByRole('log', { name: 'Log' });
  await expect.element(log).toBeVisible();
  return { screen, log, element: log.element() as HTMLElement };
}

/** The texts of the rows that are drawn, without times, notes and what is copied by. */
function rowsOf(element: HTMLElement): string[] {
  return [...element.querySelectorAll('.line .text')].map((text) => text.textContent);
}

function heightsOf(element: HTMLElement): number[] {
  return [...element.querySelectorAll('.line')].map((line) => line.getBoundingClientRect().height);
}

const mixed = [
  entry('stdout', 'one\n'),
  entry('json', '{"a": 1, "b": [true, NaN]}'),
  entry('warning', 'careful\n'),
  entry('message', '"hello"'),
  entry('error', 'wrong\n'),
  entry('json', '{"broken": '),
  entry('stdout', 'two\n'),
];

describe('a log', () => {
  it('unfolds a JSON by keyboard to rows below it, and folds it again', async () => {
    const { screen, element } = await show(mixed);
    const folded = ['one', '{"a": 1, "b": [true, NaN]}', 'careful', '"hello"', 'wrong', '{"broken": ', 'two'];
    await expect.poll(() => rowsOf(element)).toEqual(folded);
    const json = screen.getByRole('button', { name: '{"a": 1' });
    await expect.element(json).toHaveAttribute('aria-expanded', 'false');
    element.focus();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(json).toHaveAttribute('aria-expanded', 'true');
    await expect.element(json).toHaveFocus();
    expect(rowsOf(element)).toEqual([
      'one',
      '{"a": 1, "b": [true, NaN]}',
      '{',
      '  "a": 1,',
      '  "b": [',
      '    true,',
      '    NaN',
      '  ]',
      '}',
      ...folded.slice(2),
    ]);
    await userEvent.keyboard(' ');
    await expect.poll(() => rowsOf(element)).toEqual(folded);
    // What has no more to it than its line, or is no JSON, is text.
    expect(element.querySelectorAll('button')).toHaveLength(1);
  });

  it('copies the whole of a JSON that is unfolded', async () => {
    const json = JSON.stringify({ words: Array.from({ length: 100 }, () => 'word') });
    const copied: string[] = [];
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      copied.push(text);
      return Promise.resolve();
    };
    try {
      const { screen } = await show([entry('json', json)]);
      await screen.getByRole('button', { name: '{"words"' }).click();
      await screen.getByRole('button', { name: 'Copy JSON' }).click();
      await expect.element(screen.getByText('Copied')).toBeInTheDocument();
      expect(copied).toEqual([json]);
    } finally {
      navigator.clipboard.writeText = writeText;
    }
  });

  it('shows warnings and errors only, by keyboard', async () => {
    const { screen, element } = await show(mixed);
    await expect.element(screen.getByText('7 lines')).toBeVisible();
    const only = screen.getByRole('button', { name: 'Warnings and errors' });
    (only.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowsOf(element)).toEqual(['careful', 'wrong']);
    await expect.element(only).toHaveAttribute('aria-pressed', 'true');
    await expect.element(screen.getByText('2 lines')).toBeVisible();
    await userEvent.keyboard('{Shift>}{Tab}{/Shift} ');
    await expect.poll(() => rowsOf(element)).toHaveLength(7);
  });

  it('has no filter where nothing was warned of', async () => {
    const { screen } = await show([entry('stdout', 'one\n')]);
    expect(screen.getByRole('button', { name: 'Warnings and errors' }).elements()).toEqual([]);
  });

  it('shows the first warning that is asked for', async () => {
    const lines = (count: number): LogEntry => entry('stdout', 'line\n'.repeat(count));
    const entries = [
      lines(500),
      entry('warning', 'first\n'),
      lines(500),
      entry('warning', 'second\n'),
      lines(500),
    ];
    const { screen, element } = await show(entries);
    await expect.poll(() => element.scrollTop).toBe(1502 * 18 - 320);
    await screen.rerender({ goal: { stream: 'warning', isServed: false } });
    await expect.poll(() => rowsOf(element).filter((text) => text !== 'line')).toEqual(['first']);
    expect(element.querySelector('.marked')?.textContent).toContain('first');
    expect(document.activeElement).toBe(element);
    await screen.rerender({ goal: null });
    element.scrollTop = 0;
    await expect.poll(() => rowsOf(element)).not.toContain('first');
  });

  it('stays at its end while lines come in, and where it was scrolled to', async () => {
    const log = createLog([entry('stdout', 'line\n'.repeat(100))]);
    const screen = await render(LogView, { log, isBusy: true, fileName: 'log' });
    const element = screen.getByRole('log').element() as HTMLElement;
    await expect.poll(() => element.scrollTop).toBe(100 * 18 - 320);
    log.shown.add([entry('stdout', 'more\n'.repeat(100))]);
    await screen.rerender({ log: { ...log, version: 2 } });
    await expect.poll(() => element.scrollTop).toBe(200 * 18 - 320);
    element.scrollTop = 500;
    // It has followed when the rows at 500 are drawn in the place of those at the end.
    const firstTop = () => (element.querySelector('.drawn') as HTMLElement).offsetTop;
    await expect.poll(firstTop).toBeLessThan(500);
    log.shown.add([entry('stdout', 'more\n'.repeat(100))]);
    await screen.rerender({ log: { ...log, version: 3 } });
    await expect.element(page.getByText('300 lines')).toBeVisible();
    expect(element.scrollTop).toBe(500);
  });

  it('shows a million lines, the last of them too, with a JSON unfolded among them', async () => {
    const entries = [
      entry('json', '[1, 2]'),
      entry('stdout', 'line\n'.repeat(999_998)),
      entry('stdout', 'end\n'),
    ];
    const { screen, element } = await show(entries);
    await expect.poll(() => element.scrollHeight - element.scrollTop).toBe(320);
    expect(rowsOf(element).at(-1)).toBe('end');
    element.scrollTop = 0;
    await screen.getByRole('button', { name: '[1, 2]' }).click();
    expect(rowsOf(element).slice(0, 6)).toEqual(['[1, 2]', '[', '  1,', '  2', ']', 'line']);
    element.scrollTop = element.scrollHeight;
    await expect.poll(() => rowsOf(element).at(-1)).toBe('end');
    expect(element.querySelectorAll('.line').length).toBeLessThan(200);
  });

  it('keeps the focus when a JSON that has it is scrolled out of view', async () => {
    const { screen, element } = await show([
      entry('json', '[1, 2]'),
      entry('stdout', 'line\n'.repeat(1_000)),
    ]);
    await expect.poll(() => element.scrollTop).toBe(1_001 * 18 - 320);
    element.scrollTop = 0;
    const json = screen.getByRole('button', { name: '[1, 2]' });
    await expect.element(json).toBeVisible();
    (json.element() as HTMLElement).focus();
    element.scrollTop = 9_000;
    await expect.poll(() => document.activeElement).toBe(element);
  });

  const remedy =
    'add_model: the model “tree” is not saved, as no row is called so. Add one under “Save One or More Models”.';

  it('shows all of a long line, in rows that hold what fits, and as one line where it is copied', async () => {
    await page.viewport(500, 600);
    const { screen, element } = await show([entry('warning', `${remedy}\n`), entry('stdout', 'next\n')]);
    await expect.poll(() => element.querySelectorAll('.piece').length).toBeGreaterThan(1);
    const pieces = [...element.querySelectorAll('.piece')].map((piece) => piece.textContent);
    expect(rowsOf(element)).toEqual([remedy, 'next']);
    expect(element.scrollWidth).toBe(element.clientWidth);
    expect(heightsOf(element)).toEqual([pieces.length * 18, 18]);
    // Each piece stands in one row of its own.
    const tops = [...element.querySelectorAll('.piece')].map((piece) => piece.getBoundingClientRect().top);
    const [first = 0] = tops;
    expect(tops.map((top) => Math.round((top - first) / 18))).toEqual(pieces.map((_, index) => index));
    await expect.element(screen.getByText('2 lines')).toBeVisible();
    getSelection()?.selectAllChildren(element);
    expect(getSelection()?.toString()).toContain(`${remedy}\n`);
    getSelection()?.removeAllRanges();
  });

  it('keeps what is at its top there when it gets another width', async () => {
    await page.viewport(1000, 600);
    const lines = Array.from({ length: 1_000 }, (_, index) => `${index} ${remedy}\n`);
    const { element } = await show([entry('stdout', lines.join(''))]);
    await expect.poll(() => rowsOf(element).at(-1)).toBe(`999 ${remedy}`);
    element.scrollTop = 400 * 18;
    const topText = () => {
      const { top } = element.getBoundingClientRect();
      const seen = [...element.querySelectorAll('.line')].find(
        (line) => line.getBoundingClientRect().bottom > top + 1,
      );
      return seen?.querySelector('.text')?.textContent;
    };
    await expect.poll(topText).toBe(`400 ${remedy}`);
    await page.viewport(420, 600);
    await expect.poll(() => element.querySelectorAll('.piece').length).toBeGreaterThan(0);
    await expect.poll(topText).toBe(`400 ${remedy}`);
  });

  it('unfolds a JSON that is wider than the list, and what is long in it', async () => {
    await page.viewport(420, 600);
    const { screen, element } = await show([entry('message', JSON.stringify(remedy))]);
    await screen.getByRole('button', { name: '"add_model' }).click();
    await expect.poll(() => rowsOf(element).length).toBeGreaterThan(2);
    expect(rowsOf(element).slice(1).join('')).toBe(JSON.stringify(remedy));
    expect(element.scrollWidth).toBe(element.clientWidth);
  });

  it('takes a hundred thousand long lines as they come', async () => {
    await page.viewport(600, 600);
    const log = createLog([entry('stdout', `${remedy}\n`.repeat(100_000))]);
    const began = performance.now();
    const screen = await render(LogView, { log, isBusy: true, fileName: 'log' });
    const element = screen.getByRole('log').element() as HTMLElement;
    await expect.poll(() => heightsOf(element).at(-1)).toBeGreaterThan(18);
    const rows = (heightsOf(element).at(-1) ?? 0) / 18;
    log.shown.add([entry('stdout', `${remedy}\nopen`)]);
    await screen.rerender({ log: { ...log, version: 2 } });
    log.shown.add([entry('stdout', ' and closed\n')]);
    await screen.rerender({ log: { ...log, version: 3 } });
    await expect.poll(() => rowsOf(element).at(-1)).toBe('open and closed');
    expect(performance.now() - began).toBeLessThan(3_000);
    expect((element.querySelector('.all') as HTMLElement).offsetHeight).toBe(
      Math.min(8_000_000, (100_001 * rows + 1) * 18),
    );
    expect(element.querySelectorAll('.line').length).toBeLessThan(100);
  });
});

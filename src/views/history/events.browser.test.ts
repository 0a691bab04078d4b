import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import type { LogEntry } from '../../model/job.ts';
import { buildCell, buildJob } from '../../model/testing/builders.ts';
import { JobReader } from '../../session/JobReader.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import JobEvents from './JobEvents.svelte';

async function show(log: readonly LogEntry[]) {
  const job = buildJob(buildCell('cell'), 1_000);
  const storage = new MemoryStorage();
  await storage.commitJob({ job, log }, []);
  const fetchRemote = (): Promise<Blob> => Promise.reject(new Error('nothing is fetched in these tests'));
  const reader = new JobReader(job, {
    storage,
    tables: new TableEngine(startTableWorker),
    fetchRemote,
    isTrusted: () => true,
  });
  return await render(JobEvents, { reader, fileName: 'cell events' });
}

/** The rows that are drawn, without their times. */
function rowsOf(element: Element): string[] {
  return [...element.querySelectorAll('.line')].map((line) =>
    [...line.querySelectorAll('.note, .text')].map((part) => part.textContent).join(' '),
  );
}

describe('the events of a job', () => {
  it('are listed by name, ten thousand of them too, and unfolded by keyboard', async () => {
    const progress = Array.from({ length: 9_998 }, (_, rate): LogEntry => {
      return { time: rate, stream: 'event', text: `{"type": "BlockProgress", "rate": ${rate / 100}}` };
    });
    const screen = await show([
      { time: 0, stream: 'warning', text: 'careful\n' },
      ...progress,
      { time: 10_000, stream: 'event', text: '{"type": "BlockFinished"}' },
    ]);
    await expect.element(screen.getByText('10,000 events')).toBeVisible();
    const list = screen.getByRole('log', { name: 'Events' }).element() as HTMLElement;
    expect(rowsOf(list).slice(0, 3)).toEqual([
      'BlockWarning {"warning": "careful"}',
      'BlockProgress {"rate": 0}',
      'BlockProgress {"rate": 0.01}',
    ]);
    expect(rowsOf(list).length).toBeLessThan(100);
    list.focus();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect
      .poll(() => rowsOf(list).slice(0, 6))
      .toEqual([
        'BlockWarning {"warning": "careful"}',
        '{',
        '  "type": "BlockWarning",',
        '  "warning": "careful"',
        '}',
        'BlockProgress {"rate": 0}',
      ]);
    list.scrollTop = list.scrollHeight;
    await expect.poll(() => rowsOf(list).at(-1)).toBe('BlockFinished ');
  });

  it('are none where nothing was reported', async () => {
    const screen = await show([]);
    await expect.element(screen.getByText('Nothing was reported.')).toBeVisible();
  });
});

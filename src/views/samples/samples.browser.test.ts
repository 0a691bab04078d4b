import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../ui/tokens.css';
import '../../ui/base.css';
import SampleButton from './SampleButton.svelte';

test('a sample is offered with where it comes from, and handed over as a file', async () => {
  const onFile = vi.fn<(file: File) => void>();
  const screen = await render(SampleButton, { onFile });
  await screen.getByRole('button', { name: 'From sample data…' }).click();
  const choice = screen.getByRole('button', { name: /^Speed of light/ });
  await expect.element(choice).toHaveTextContent('100 rows · 3 columns · A. A. Michelson, US Navy');
  await expect.element(choice).toHaveTextContent('Public domain');
  await choice.click();
  await expect.poll(() => onFile.mock.calls.length).toBe(1);
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  const [file] = onFile.mock.calls[0] ?? [];
  expect([file?.name, file?.type]).toEqual(['speed-of-light.csv', 'text/csv']);
  expect(await file?.text()).toContain('series,run,km_per_s\n1,1,299850\n');
});

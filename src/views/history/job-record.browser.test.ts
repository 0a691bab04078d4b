import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { ModelId } from '../../model/ids.ts';
import { buildCell, buildHash, buildJob, buildNotebook } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import JobRecord from './JobRecord.svelte';

it('names the versions of models that the job loaded and saved, where there are some', async () => {
  const cell = buildCell('train');
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const model = { modelId: ModelId.from('m'), name: 'churn' };
  const job = buildJob(cell, 1_000, {
    loadedModels: [{ ...model, number: 3 }],
    savedModels: [{ ...model, number: 4, groups: ['all'], typeName: 'x', blob: buildHash('1'), byteSize: 1 }],
  });
  const screen = await render(JobRecord, { session, job, jobs: [job] });
  const section = screen.getByRole('region', { name: 'Job: train' });
  await expect.element(section).toHaveTextContent(/Models loaded\s*churn, version 3/);
  await expect.element(section).toHaveTextContent(/Models saved\s*churn, version 4, in the group “all”/);
  const none = { ...job, loadedModels: [], savedModels: [] };
  await screen.rerender({ session, job: none, jobs: [none] });
  await expect.element(section).not.toHaveTextContent('Models');
});

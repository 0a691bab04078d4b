import { describe, expect, it, vi } from 'vitest';
import type { FakeKernel } from '../kernel/FakeKernel.ts';
import type { JobEnding } from '../model/job.ts';
import type { JobProducts } from '../model/job-request.ts';
import { buildWheel } from '../model/testing/build-wheel.ts';
import { buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { fail } from '../shared/result.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import { findCellOf, listStates, openSession, type OpenSession } from './testing/open-session.ts';

const done = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
} satisfies JobEnding;

function setup(): OpenSession {
  return openSession(buildNotebook(['one', 'two', 'three']));
}

describe('the packages of a notebook', () => {
  function buildFile(name: string, version = '1.0'): File {
    return new File([buildWheel(name, version, '')], `${name}-${version}-py3-none-any.whl`);
  }

  async function runOne(session: NotebookSession, kernel: FakeKernel): Promise<string[]> {
    const before = kernel.asked.length;
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.end(done);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    return kernel.asked.slice(before);
  }

  it('go along with every job, with the requirements that have no problem', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six>=1.16 # old\n-r more.txt\n\npytz');
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(null);
    await runOne(session, kernel);
    const { requirements, wheels } = kernel.request?.packages ?? { requirements: [], wheels: [] };
    expect(requirements).toEqual(['six>=1.16', 'pytz']);
    const [wheel] = wheels;
    expect(wheel).toMatchObject({ name: 'shapes', version: '1.0', modules: ['shapes'], needs: [] });
    expect(await wheel?.content?.text()).toBe(await buildFile('shapes').text());
  });

  it('are stored with it, and brought back when their removal is taken back', async () => {
    const { session, storage, notices } = setup();
    await session.packages.addWheel(buildFile('shapes'));
    const [wheel] = session.notebook.wheels;
    if (!wheel) throw new Error('the wheel was not added');
    const [stored] = (await storage.loadNotebooks()).values;
    expect(stored?.wheels).toEqual([wheel]);
    session.packages.removeWheel(wheel);
    expect(session.notebook.wheels).toEqual([]);
    await storage.saveNotebook(session.notebook);
    await storage.dropStrayJobs();
    expect(await storage.readBlob(wheel.blob)).toBe(null);
    notices.list.at(-1)?.action?.run();
    expect(session.notebook.wheels).toEqual([wheel]);
    const readText = async (): Promise<string | undefined> =>
      await (await storage.readBlob(wheel.blob))?.text();
    await expect.poll(readText).toBe(await buildFile('shapes').text());
  });

  it('have Python start anew when one is gone that it was given, and only then', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six');
    expect(await runOne(session, kernel)).toEqual(['run one']);
    session.packages.setRequirements('six\npytz');
    expect(await runOne(session, kernel)).toEqual(['run one']);
    session.packages.setRequirements('pytz');
    expect(session.packages.isOutdated).toBe(true);
    expect(await runOne(session, kernel)).toEqual(['restart', 'run one']);
    expect(await runOne(session, kernel)).toEqual(['run one']);
    await session.packages.addWheel(buildFile('shapes'));
    expect(await runOne(session, kernel)).toEqual(['run one']);
    await session.packages.addWheel(buildFile('shapes', '2.0'));
    expect(session.notebook.wheels.map(({ version }) => version)).toEqual(['2.0']);
    expect(await runOne(session, kernel)).toEqual(['restart', 'run one']);
  });

  it('have objects in its memory count as gone as soon as Python is to start anew, and only then', async () => {
    const cells = [buildScriptlet('one', [], ['out'])];
    const { session, kernel } = openSession(buildNotebook([], { cells }));
    const plain = { kind: 'variable', typeName: 'Lock', summary: '', data: null, reason: 'no' } as const;
    const outputs = [{ handle: 'out', value: { ...plain, key: 'job/out' } }];
    session.packages.setRequirements('six');
    session.runCell(findCellOf(session, 'one').id);
    await vi.waitFor(() => {
      expect(kernel.isRunning).toBe(true);
    });
    kernel.end({ status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [] } });
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    expect(listStates(session)).toBe('one done');
    session.packages.setRequirements('six\npytz');
    expect(listStates(session)).toBe('one done');
    session.packages.setRequirements('pytz');
    expect([session.packages.isOutdated, listStates(session)]).toEqual([true, 'one stale']);
    session.packages.setRequirements('pytz\nsix');
    expect([session.packages.isOutdated, listStates(session)]).toEqual([false, 'one done']);
  });

  it('leave a mark at the cells that used one which is edited, and at no others, until that is taken back', async () => {
    const cells = [buildScriptlet('one'), buildScriptlet('two'), buildScriptlet('three')];
    const { session, kernel, notices } = openSession(buildNotebook([], { cells }));
    const run = async (title: string, products: Partial<JobProducts>): Promise<void> => {
      session.runCell(findCellOf(session, title).id);
      await vi.waitFor(() => {
        expect(kernel.isRunning).toBe(true);
      });
      kernel.use([{ name: 'Shapes', version: '1.0' }]);
      kernel.end({ ...done, products: { ...done.products, ...products } });
      await vi.waitFor(() => {
        expect(session.isBusy).toBe(false);
      });
    };
    session.packages.setRequirements('six');
    await session.packages.addWheel(buildFile('shapes'));
    await run('one', { usedPackages: ['six'] });
    await run('two', { usedPackages: ['shapes'] });
    await run('three', { usedPackages: [], absentModules: ['pytz'] });
    expect(listStates(session)).toBe('one done, two done, three done');

    session.packages.setRequirements('six==1.16');
    expect(listStates(session)).toBe('one stale, two done, three done');
    session.packages.setRequirements('pytz\nsix # as before');
    expect(listStates(session)).toBe('one done, two done, three stale');
    session.packages.setRequirements('six');
    const [wheel] = session.notebook.wheels;
    if (!wheel) throw new Error('the wheel was not added');
    session.packages.removeWheel(wheel);
    expect(listStates(session)).toBe('one done, two stale, three done');
    notices.list.at(-1)?.action?.run();
    expect(listStates(session)).toBe('one done, two done, three done');
  });

  it('leave a mark at a cell that had another one as theirs could not be loaded', async () => {
    const { session, kernel } = setup();
    const cell = findCellOf(session, 'one');
    await session.packages.addWheel(buildFile('shapes', '2.0'));
    for (const version of ['1.0', '2.0']) {
      session.runCell(cell.id);
      kernel.use([{ name: 'shapes', version }]);
      kernel.end({
        ...done,
        products: { ...done.products, usedPackages: ['shapes'], absentModules: ['shapes'] },
      });
      await vi.waitFor(() => {
        expect(session.isBusy).toBe(false);
      });
      expect(session.getState(cell)).toBe(version === '1.0' ? 'stale' : 'done');
    }
  });

  it('show what was installed', async () => {
    const { session, kernel } = setup();
    session.runCell(findCellOf(session, 'one').id);
    kernel.install([{ name: 'six', version: '1.17.0' }]);
    expect(session.packages.installed).toEqual([{ name: 'six', version: '1.17.0' }]);
    kernel.end(done);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
  });

  it('are shown and counted on no more when another Python takes over, be it ready at once', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six');
    session.runCell(findCellOf(session, 'one').id);
    kernel.install([{ name: 'six', version: '1.17.0' }]);
    kernel.end(done);
    session.packages.setRequirements('');
    expect([session.packages.installed.length, session.packages.isOutdated]).toEqual([1, true]);
    kernel.takeOver();
    expect([session.packages.installed, session.packages.isOutdated]).toEqual([[], false]);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
  });

  it('are no wheels that are broken, there already, or that found no room', async () => {
    const { session, storage } = setup();
    expect(await session.packages.addWheel(new File(['no'], 'shapes-1.0-py3-none-any.whl'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. It cannot be read: it is no zip, or it is cut off.',
    );
    vi.spyOn(storage, 'saveNotebook').mockResolvedValueOnce(fail({ kind: 'full', message: '' }));
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. This browser has no room left for it.',
    );
    expect(session.notebook.wheels).toEqual([]);
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(null);
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. The notebook has this very file already.',
    );
  });
});

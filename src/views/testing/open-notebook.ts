import { TableEngine } from '../../data/TableEngine.ts';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import type { Notebook } from '../../model/notebook.ts';
import { createSecretHash } from '../../model/secret-hash.ts';
import { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { Notices } from '../../session/Notices.svelte.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';

/** A notebook for tests of views, with a kernel whose jobs end when the test says. */
export function openNotebook(notebook: Notebook): { session: NotebookSession; kernel: FakeKernel } {
  const kernel = new FakeKernel();
  const session: NotebookSession = new NotebookSession(
    notebook,
    { jobs: [], wheels: new Map() },
    {
      storage: new MemoryStorage(),
      tables: new TableEngine(startTableWorker),
      notices: new Notices(),
      createKernel: () => kernel,
      fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
      hashSecret: createSecretHash('salt'),
      onChange: () => undefined,
      save: () => undefined,
      takeBack: (inverse) => {
        session.editor.takeBack(inverse);
      },
      onJobEnd: () => undefined,
      onIdle: () => undefined,
      getPersonName: () => 'Ada',
    },
  );
  return { session, kernel };
}

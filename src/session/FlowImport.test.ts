import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../shared/result.ts';
import { FlowImport, type ImportState } from './FlowImport.svelte.ts';

const notes = [{ nodeId: 'a', what: 'It was left out.', remedy: 'Write it anew.', file: 'flow.oo.yaml' }];

/** Takes flows over until a path is asked for that says why it cannot be. */
const workspace = {
  importFlow: (_found: unknown, path: string) => {
    if (path.startsWith('broken/')) return Promise.reject(new Error('a chunk did not load.'));
    return Promise.resolve(path.startsWith('odd/') ? fail('It is odd.') : succeed(notes));
  },
};

function zip(...paths: readonly string[]): File {
  const files = Object.fromEntries(paths.map((path) => [`${path}/flow.oo.yaml`, strToU8('nodes: []')]));
  return new File([zipSync(files).slice()], 'flows.zip');
}

async function importFrom(...files: readonly File[]): Promise<ImportState> {
  const flowImport = new FlowImport(workspace);
  await flowImport.choose(files);
  return flowImport.state;
}

describe('an import', () => {
  it('takes the only flow over, and says what was not taken as it was', async () => {
    expect(await importFrom(zip('plain'))).toEqual({ step: 'imported', notes });
  });

  it('lets the reader choose among several flows, also after one that could not be taken', async () => {
    const flowImport = new FlowImport(workspace);
    await flowImport.choose([zip('plain', 'odd')]);
    const { state } = flowImport;
    if (state.step !== 'choosing-flow') throw new Error(state.step);
    expect([state.found.flows.map(({ path }) => path).sort(), state.problem]).toEqual([
      ['odd/flow.oo.yaml', 'plain/flow.oo.yaml'],
      null,
    ]);
    await flowImport.take(state.found, 'odd/flow.oo.yaml');
    expect(flowImport.state).toEqual({ ...state, problem: 'It is odd.' });
  });

  it('says what went wrong, and can be begun again', async () => {
    const large = zip('plain');
    Object.defineProperty(large, 'size', { value: 200_000_001 });
    const unreadable = zip('plain');
    unreadable.arrayBuffer = () => Promise.reject(new Error('the file is gone.'));
    const states = await Promise.all([
      importFrom(large),
      importFrom(unreadable),
      importFrom(zip('broken')),
      importFrom(zip('odd')),
    ]);
    expect(states).toEqual(
      [
        'The zip is larger than 200 MB. Leave out of it what the flow does not need.',
        'It could not be read: the file is gone. Choose it again.',
        'The flow could not be imported: a chunk did not load. Try it again.',
        'It is odd.',
      ].map((problem) => ({ step: 'choosing', problem })),
    );
  });

  it('tells how much is read, and takes nothing over once it is given up', async () => {
    const flowImport = new FlowImport(workspace);
    const reading = flowImport.choose([zip('plain', 'other')]);
    expect(flowImport.state).toEqual({ step: 'reading', doneBytes: 0, allBytes: 0 });
    flowImport.dispose();
    await reading;
    expect(flowImport.state.step).toBe('reading');
  });
});

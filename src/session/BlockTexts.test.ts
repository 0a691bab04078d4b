import { describe, expect, it } from 'vitest';
import type { JobFile } from '../model/job-request.ts';
import { buildHash, buildInput, buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { BlockTexts } from './BlockTexts.ts';

const key = buildInput('key', { value: { kind: 'secret', text: 'hush' } });
const notebook = buildNotebook([], { cells: [buildScriptlet('Signed', [key])] });
const running = "await context.run_block('Signed', inputs={}).finish()";

function buildFile(path: string, text: string, digit = 'a'): JobFile {
  const content = new Blob([text]);
  return { path, blob: buildHash(digit), byteSize: content.size, directory: 'notebook', content };
}

describe('the scriptlets that a job is told of', () => {
  it('come without their secrets where nothing names run_block', async () => {
    const texts = new BlockTexts();
    const files = [buildFile('notes.txt', running), buildFile('shapes.py', 'x = 1', 'b')];
    const text = await texts.write(notebook, 'def main(): pass', files);
    expect(text).toContain('"withheld"');
    expect(text).not.toContain('hush');
  });

  it('come with them where the script names it, or a Python file of notebook or session', async () => {
    const texts = new BlockTexts();
    expect(await texts.write(notebook, running, [])).toContain('hush');
    expect(await texts.write(notebook, '', [])).not.toContain('hush');
    const session: JobFile = { ...buildFile('helpers/run.py', running), directory: 'session' };
    expect(await texts.write(notebook, '', [session])).toContain('hush');
    expect(await texts.write(notebook, '', [])).not.toContain('hush');
  });

  it('are written again when the cells have changed', async () => {
    const texts = new BlockTexts();
    const before = await texts.write(notebook, running, []);
    const cells = [...notebook.cells, buildScriptlet('Next')];
    const after = await texts.write({ ...notebook, cells }, running, []);
    expect([before.includes('Next'), after.includes('Next')]).toEqual([false, true]);
  });

  it('come without them past a file that cannot be read, which fails the job by itself', async () => {
    const content: Blob = Object.assign(new Blob(), { text: () => Promise.reject(new Error('gone')) });
    const file = { ...buildFile('lost.py', ''), content };
    expect(await new BlockTexts().write(notebook, '', [file])).not.toContain('hush');
  });
});

import { describe, expect, it } from 'vitest';
import { buildFiles } from '../testing/build-files.ts';
import { TaskFinder } from './TaskFinder.ts';

function find(
  named: string,
  paths: readonly string[],
  flowPath = 'work/flows/f/flow.oo.yaml',
): string | null {
  return new TaskFinder(buildFiles(Object.fromEntries(paths.map((path) => [path, '']))), flowPath).find(
    named,
  );
}

describe('the task that a node names', () => {
  it.each([
    ['self::load', 'work/tasks/load/task.oo.yaml'],
    ['self::load', 'work/blocks/load/block.oo.yaml'],
    ['self::load', 'work/tasks/load/task.oo.yml'],
    ['./load', 'work/flows/f/load/block.oo.yaml'],
    ['./load', 'work/flows/f/load/task.oo.yaml'],
    ['./load.oo.yaml', 'work/flows/f/load.oo.yaml'],
    ['./load', 'work/flows/f/load.oo.yaml'],
    ['../both/load/task.oo.yaml', 'work/flows/both/load/task.oo.yaml'],
    ['load', 'work/flows/f/load/block.oo.yaml'],
    ['load', 'work/blocks/load/block.oo.yaml'],
    ['tools/tasks/load', 'work/flows/f/tools/tasks/load/task.oo.yaml'],
    ['tools::load', 'work/flows/f/tools/blocks/load/block.oo.yaml'],
    ['tools::load', 'tools/tasks/load/task.oo.yaml'],
    ['tools::load', 'packages/tools/tasks/load/task.oo.yaml'],
    ['tools::load', 'packages/tools-1.0.2/tasks/load/task.oo.yaml'],
    ['big-tools::load', 'packages/big-tools/tasks/load/task.oo.yaml'],
    ['@us/tools::load', 'packages/@us/tools/tasks/load/task.oo.yaml'],
  ])('%s is found at %s', (named, path) => {
    expect(find(named, [path])).toBe(path);
  });

  it.each([
    ['self::load', 'tools/tasks/load/task.oo.yaml'],
    ['tools::load', 'other/tasks/load/task.oo.yaml'],
    ['tools::load', 'work/tasks/load/task.oo.yaml'],
    ['../../../../load', 'load/task.oo.yaml'],
    ['/load', 'load/task.oo.yaml'],
    ['', 'work/task.oo.yaml'],
  ])('%j is not what lies at %s', (named, path) => {
    expect(find(named, [path])).toBeNull();
  });

  it('is a block before it is a task', () => {
    expect(find('self::x', ['work/tasks/x/task.oo.yaml', 'work/blocks/x/block.oo.yaml'])).toBe(
      'work/blocks/x/block.oo.yaml',
    );
  });

  it('is of the version that the package asks for, else of the newest one', () => {
    const paths = ['1.9.0', '1.10.0'].map((version) => `tools-${version}/tasks/x/task.oo.yaml`);
    const texts = Object.fromEntries(paths.map((path) => [path, '']));
    const asked = buildFiles({ ...texts, 'work/package.oo.yaml': 'dependencies: { tools: 1.9.0 }' });
    expect(new TaskFinder(asked, 'work/flows/f/flow.oo.yaml').find('tools::x')).toBe(paths[0]);
    expect(new TaskFinder(buildFiles(texts), 'work/flows/f/flow.oo.yaml').find('tools::x')).toBe(paths[1]);
  });

  it('is of a package by the name that this gives itself', () => {
    const files = buildFiles({
      'checkout/package.oo.yaml': 'name: tools',
      'checkout/tasks/x/task.oo.yaml': '',
    });
    expect(new TaskFinder(files, 'work/flows/f/flow.oo.yaml').find('tools::x')).toBe(
      'checkout/tasks/x/task.oo.yaml',
    );
  });
});

// @ts-check
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { run, runOrThrow } from './run.mjs';

const node = process.execPath;

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});

describe('run', () => {
  it('gives back the exit code of the command', async () => {
    expect(await run('Quits with 3', node, ['-e', 'process.exit(3)'])).toMatchObject({ exitCode: 3 });
  });

  it('adds to the environment', async () => {
    const script = 'process.exit(process.env.CAHIER_TEST === "yes" && process.env.PATH ? 0 : 1)';
    const result = await run('Reads its environment', node, ['-e', script], {
      environment: { CAHIER_TEST: 'yes' },
    });
    expect(result.exitCode).toBe(0);
  });

  it.runIf(process.platform !== 'win32')('ends a command that takes too long', async () => {
    const result = await run('Sleeps', node, ['-e', 'setTimeout(() => {}, 60000)'], { timeoutSeconds: 0.3 });
    expect(result.exitCode).toBe(124);
    expect(result.seconds).toBeLessThan(10);
    expect(result.outcome).toBe('ended, because it took longer than 0.3 s');
  });

  it('says which command cannot be started', async () => {
    await expect(run('Nothing', 'no-such-command-of-cahier', [])).rejects.toThrow(
      'Cannot start no-such-command-of-cahier',
    );
  });
});

describe('runOrThrow', () => {
  it('throws the heading and what happened', async () => {
    await expect(runOrThrow('Quits with 3', node, ['-e', 'process.exit(3)'])).rejects.toThrow(
      /^Quits with 3: failed with exit code 3 after /,
    );
  });
});

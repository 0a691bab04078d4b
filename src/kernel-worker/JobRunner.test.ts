// Longer than most files: the modules that stand in for those around the runner hold for one file.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { JobId } from '../model/ids.ts';
import type { JobDirectory, HandedJob } from '../model/job-request.ts';
import type { JobEvent, StartPlan } from '../protocol/messages.ts';
import type { Mail } from '../protocol/service-worker.ts';
import { createDeferred, type Deferred } from '../shared/deferred.ts';
import type { JobHost } from './job-host.ts';
import { JobRunner } from './JobRunner.ts';
import type { FoundFiles } from './KeptDirectories.ts';
import { Downloads } from './packages/Downloads.ts';
import type { PackageTools } from './packages/prepare-packages.ts';
import { passTask } from './pass-task.ts';
import type { PythonRuntime } from './python-runtime.ts';

const preparePackages = vi.hoisted(() => vi.fn<(tools: PackageTools) => Promise<string[]>>());
const mail = vi.hoisted(() => ({ fetched: 0, isStopAsked: false }));
const posted = vi.hoisted((): unknown[] => []);

vi.mock('./packages/prepare-packages.ts', () => ({ preparePackages }));
vi.mock('./port.ts', () => ({
  post: (message: unknown) => posted.push(message),
  postJobEvent: (runId: JobId, event: unknown) => posted.push({ type: 'job-event', runId, event }),
}));
vi.mock('./Mailslot.ts', () => ({
  openMailslot: () => ({
    isAnswered: true,
    fetch(): Mail {
      mail.fetched += 1;
      const { isStopAsked } = mail;
      mail.isStopAsked = false;
      return { isStopAsked };
    },
  }),
}));

/** A network without an answer. */
const fetchNothing: typeof fetch = (_input, options) =>
  new Promise((_resolve, reject) => {
    options?.signal?.addEventListener('abort', () => {
      reject(new Error('ended'));
    });
  });

/** A Python whose jobs end when the test says so. */
class FakePython {
  readonly runs: { readonly id: JobId; readonly host: JobHost; readonly end: Deferred<null> }[] = [];
  look: () => boolean = () => false;
  /** What it finds in a directory after a job. */
  collect: (directory: JobDirectory) => FoundFiles = () => ({ change: null, leftOut: [] });

  /** What a job has opened. */
  opened: string[] = [];

  asRuntime(): PythonRuntime {
    return {
      downloads: new Downloads(fetchNothing),
      findImports: () => [],
      packages: { isLoading: false },
      requirements: { noteRefusal: () => false },
      collectFiles: (directory: JobDirectory) => this.collect(directory),
      listOpenedFiles: () => this.opened,
      pollInterrupts: (look: () => boolean) => {
        this.look = look;
      },
      runJob: async (job: HandedJob, host: JobHost) => {
        const end = createDeferred<null>();
        this.runs.push({ id: job.id, host, end });
        host.startJob(
          () => undefined,
          () => true,
        );
        host.startScript();
        await end.promise;
        host.endScript();
        host.endJob();
      },
    } as unknown as PythonRuntime;
  }

  get ids(): JobId[] {
    return this.runs.map(({ id }) => id);
  }

  end(): void {
    this.runs.at(-1)?.end.resolve(null);
  }
}

let python: FakePython;
let runner: JobRunner;

beforeEach(() => {
  posted.length = 0;
  Object.assign(mail, { fetched: 0, isStopAsked: false });
  preparePackages.mockReset().mockResolvedValue([]);
  python = new FakePython();
  runner = startRunner(python.asRuntime());
});

function startRunner(runtime: PythonRuntime): JobRunner {
  return new JobRunner(runtime, {
    addresses: { siteUrl: 'https://site.example/' },
    kernelId: 'kernel',
    hasServiceWorker: true,
    interruptBuffer: null,
  } as StartPlan);
}

const [first, second] = [JobId.from('first'), JobId.from('second')];

function run(id: JobId): Promise<void> {
  return runner.run({ id, source: '' } as HandedJob);
}

/** Lets everything happen that is under way. */
async function settle(): Promise<void> {
  for (let task = 0; task < 5; task += 1) await passTask();
}

function eventsOf(id: JobId): unknown[] {
  return posted.flatMap((message) => {
    const { runId, event } = message as { runId: JobId; event: unknown };
    return runId === id ? [event] : [];
  });
}

const stopped = { type: 'job-finished', outcome: { status: 'stopped' } };

describe('the runner of jobs', () => {
  it('starts a script once its packages are there', async () => {
    const packages = createDeferred<string[]>();
    preparePackages.mockReturnValue(packages.promise);
    void run(first);
    await settle();
    expect([python.ids, eventsOf(first)]).toEqual([[], []]);
    packages.resolve([]);
    await settle();
    expect([python.ids, eventsOf(first)]).toEqual([[first], []]);
  });

  it('says that a script starts where it has told of packages, and spares the page the message elsewhere', async () => {
    const found = { type: 'packages-found', names: ['numpy'] };
    preparePackages.mockImplementationOnce(async ({ emit }: PackageTools) => {
      emit(found as JobEvent);
      return await Promise.resolve([]);
    });
    void run(first);
    await settle();
    expect(eventsOf(first)).toEqual([found, { type: 'script-started' }]);
  });

  it('begins with a job when the one before is over to its last step', async () => {
    void run(first);
    void run(second);
    await settle();
    expect(python.ids).toEqual([first]);
    python.end();
    await settle();
    expect(python.ids).toEqual([first, second]);
  });

  it('goes on after a job that broke', async () => {
    preparePackages.mockRejectedValueOnce(new Error('broken'));
    await expect(run(first)).rejects.toThrow('broken');
    void run(second);
    await settle();
    expect(python.ids).toEqual([second]);
  });

  it('hands over only what is for the job that runs', async () => {
    void run(first);
    await settle();
    const host = python.runs[0]?.host;
    const question = host?.startQuestion('');
    await settle();
    runner.answerInput(second, 'wrong');
    runner.stop(second);
    expect(host?.isStopped()).toBe(false);
    runner.answerInput(first, 'right');
    await expect(question?.promise).resolves.toBe('right');
  });
});

describe('the files that a job leaves', () => {
  const finished = (status: string): object => ({ type: 'job-finished', outcome: { status } });
  const changed = (directory: JobDirectory): object => ({
    type: 'files-changed',
    change: { directory, written: [], removed: ['a'] },
  });

  it.each([
    ['done', ['notebook', 'session', 'temporary']],
    ['failed', ['session', 'temporary']],
    ['stopped', ['session', 'temporary']],
  ] as const)('are told of before its end when it is %s', async (status, directories) => {
    python.collect = (directory) => ({ change: { directory, written: [], removed: ['a'] }, leftOut: [] });
    void run(first);
    await settle();
    python.runs[0]?.host.emit(finished(status));
    expect(eventsOf(first)).toEqual([...directories.map(changed), finished(status)]);
  });

  it.each([
    ['done', [{ type: 'files-opened', paths: ['a.csv'] }]],
    ['failed', []],
    ['stopped', []],
  ] as const)('or has opened are told of before its end when it is %s', async (status, told) => {
    python.opened = ['a.csv'];
    void run(first);
    await settle();
    python.runs[0]?.host.emit(finished(status));
    expect(eventsOf(first)).toEqual([...told, finished(status)]);
  });

  it('are named where they are not kept, and so is what cannot be read', async () => {
    const leftOut = Array.from({ length: 12 }, (_, index) => `file ${index}`);
    python.collect = (directory) => {
      if (directory === 'session') return { change: null, leftOut };
      throw new Error('no such device');
    };
    void run(first);
    await settle();
    python.runs[0]?.host.emit(finished('failed'));
    const texts = eventsOf(first).flatMap((event) =>
      ((event as { entries?: { text: string }[] }).entries ?? []).map(({ text }) => text),
    );
    expect(texts).toEqual([
      `Too large or too many to be kept of what is in session_dir: ${leftOut.slice(0, 10).join(', ')} and 2 more. A job's files may take 250 MB each and 1 GB together.\n`,
      'What the job left in tmp_dir cannot be read and is not kept: no such device\n',
    ]);
  });
});

describe('the token of a Data Generator', () => {
  const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ-_.DtEhU3ljbEg8L38VWAfUAqOyKAM6';
  const generator = {
    id: first,
    source: '',
    kind: 'data-generator',
    models: [],
    authorization: `Bearer ${token}`,
  };
  const done = { type: 'job-finished', outcome: { status: 'done' } };

  function warn(text: string): object {
    return {
      type: 'log-added',
      entries: [{ time: expect.any(Number) as number, stream: 'warning', text: `${text}\n` }],
    };
  }

  async function runToEnd(job: object): Promise<void> {
    const run = runner.run(job as HandedJob);
    await settle();
    python.runs.at(-1)?.host.emit(done);
    python.end();
    await run;
  }

  it('is hidden in all that the worker tells of its job: in names and contents of files, and in refusals', async () => {
    const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
    python.opened = [`notes/${token}`];
    python.collect = (directory) => {
      const written = [
        { path: token, data: encode('clean') },
        { path: token.split('.')[2] ?? '', data: encode('cleaner') },
        { path: 'b.txt', data: encode(`a ${token}`) },
      ];
      if (directory === 'temporary') throw new Error(`no such file: ${token}`);
      const isSession = directory === 'session';
      return {
        change: isSession ? { directory, written, removed: [] } : null,
        leftOut: isSession ? [] : [`large/${token}`],
      };
    };
    const ran = runToEnd(generator);
    runner.noteRefusal(`evil.example redirects to https://evil.example/?${token}.`);
    await ran;
    const written = [
      { path: '****', data: encode('clean') },
      { path: '**** (2)', data: encode('cleaner') },
      { path: 'b.txt', data: encode(`a ${'*'.repeat(token.length)}`) },
    ];
    expect(eventsOf(first)).toEqual([
      warn('evil.example redirects to https://evil.example/?****.'),
      { type: 'files-opened', paths: ['notes/****'] },
      warn(
        "Too large or too many to be kept of what is in the notebook's directory: large/****. A job's files may take 250 MB each and 1 GB together.",
      ),
      warn(
        'The token of od_authorization stood in files in session_dir, and stars are kept in its place: b.txt.',
      ),
      { type: 'files-changed', change: { directory: 'session', written, removed: [] } },
      warn('What the job left in tmp_dir cannot be read and is not kept: no such file: ****'),
      done,
    ]);
  });

  it('is hidden in what is told of later jobs, to which a script can hand it, of its session and of others', async () => {
    await runToEnd({ ...generator, sessionId: 'one' });
    python.opened = [token];
    await runToEnd({ id: second, source: '', kind: 'scriptlet', sessionId: 'one' });
    const third = JobId.from('third');
    await runToEnd({ id: third, source: '', kind: 'scriptlet', sessionId: 'two' });
    for (const later of [second, third]) {
      expect(eventsOf(later)).toEqual([{ type: 'files-opened', paths: ['****'] }, done]);
    }
  });
});

describe('a job that is stopped while its packages load', () => {
  it('ends as stopped at once, and starts no script', async () => {
    preparePackages.mockReturnValue(new Promise(() => undefined));
    const isOver = run(first);
    await settle();
    runner.stop(first);
    await isOver;
    expect([python.ids, eventsOf(first)]).toEqual([[], [stopped]]);
  });

  it('is one where it is stopped before it has begun', async () => {
    const isOver = run(first);
    runner.stop(first);
    await isOver;
    expect([python.ids, eventsOf(first)]).toEqual([[], [stopped]]);
  });

  it('ends what is downloaded for it, and what is left of the work begins nothing', async () => {
    const runtime = python.asRuntime();
    const ends: string[] = [];
    preparePackages.mockImplementationOnce(async ({ signal }) => {
      await runtime.downloads.fetch('https://wheels.example/').catch((error: unknown) => {
        ends.push(`${String(error)}, ${String(signal.reason)}`);
      });
      return [];
    });
    runner = startRunner(runtime);
    void run(first);
    await settle();
    runner.stop(first);
    void run(second);
    await settle();
    expect(ends).toEqual(['Error: ended, AbortError: The job was stopped.']);
    expect([python.ids, eventsOf(first)]).toEqual([[second], [stopped]]);
  });

  it('leaves it to the next job to wait for what cannot be broken off', async () => {
    const packages = createDeferred<string[]>();
    preparePackages.mockReturnValueOnce(packages.promise);
    void run(first);
    await settle();
    runner.stop(first);
    void run(second);
    await settle();
    expect([python.ids, preparePackages.mock.calls.length]).toEqual([[], 1]);
    packages.reject(new Error('no network'));
    await settle();
    expect([python.ids, preparePackages.mock.calls.length]).toEqual([[second], 2]);
  });
});

describe('the mail of a stop that was heard as a message', () => {
  it('does not stop the next job', async () => {
    void run(first);
    await settle();
    python.runs[0]?.host.startSleep(1_000);
    runner.stop(first);
    mail.isStopAsked = true;
    python.end();
    void run(second);
    await settle();
    expect([python.ids, mail.fetched, mail.isStopAsked]).toEqual([[first, second], 1, false]);
  });

  it('is fetched also when the message came too late for its job', async () => {
    void run(first);
    await settle();
    python.end();
    await settle();
    runner.stop(first);
    mail.isStopAsked = true;
    void run(second);
    await settle();
    expect([python.ids, mail.isStopAsked]).toEqual([[first, second], false]);
  });

  it('is not looked for when it has been read already', async () => {
    void run(first);
    await settle();
    mail.isStopAsked = true;
    await vi.waitUntil(() => python.look());
    const { fetched } = mail;
    runner.stop(first);
    python.end();
    void run(second);
    await settle();
    expect([python.ids, mail.fetched]).toEqual([[first, second], fetched]);
  });

  it('leaves a stop of the next job to the message that comes with it', async () => {
    void run(first);
    await settle();
    runner.stop(first);
    python.end();
    mail.isStopAsked = true;
    const messageUnderWay = passTask();
    const isOver = run(second);
    await messageUnderWay;
    runner.stop(second);
    await isOver;
    expect([python.ids, eventsOf(second)]).toEqual([[first], [stopped]]);
  });
});

describe('a stop that nobody heard while the worker was blocked', () => {
  it('takes effect at the end of the script, however short ago its mail was looked at', async () => {
    void run(first);
    await settle();
    runner.lookForStop();
    expect(python.runs[0]?.host.endScript()).toBe(false);
    mail.isStopAsked = true;
    runner.lookForStop();
    expect(python.runs[0]?.host.endScript()).toBe(true);
  });
});

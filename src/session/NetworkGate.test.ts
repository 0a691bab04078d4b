import { afterEach, describe, expect, it, vi } from 'vitest';
import { WorkspaceId } from '../model/ids.ts';
import type { HostVerdict } from '../model/network-policy.ts';
import { fail } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { NetworkGate, type Asker, type NetworkQuestion } from './NetworkGate.svelte.ts';
import { NetworkSettings } from './NetworkSettings.svelte.ts';
import { Notices } from './Notices.svelte.ts';

const kernelId = 'kernel';

interface Setup {
  readonly gate: NetworkGate;
  readonly settings: NetworkSettings;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  /** Who asks when a kernel of this page does. */
  asker: Asker | null;
}

function createAsker(jobId: string): Asker {
  return { notebookTitle: 'Lesson', job: { id: jobId, cellTitle: 'Fetch' } };
}

async function setup(): Promise<Setup> {
  const storage = new MemoryStorage();
  const notices = new Notices();
  const settings = await NetworkSettings.open(storage, WorkspaceId.from('w'), notices);
  const parts: Setup = {
    storage,
    notices,
    settings,
    asker: createAsker('job 1'),
    gate: new NetworkGate({
      settings,
      distributionUrl: 'https://cdn.example/full/',
      findAsker: (id) => (id.startsWith(kernelId) ? parts.asker : null),
    }),
  };
  return parts;
}

/** Sends a request; gives "allowed" or the reason it was refused for. */
async function send(gate: NetworkGate, url: string, from = kernelId): Promise<string> {
  const verdict: HostVerdict | null = (await gate.decide({ kernelId: from, method: 'GET', url })) ?? null;
  if (!verdict) return 'not of this page';
  return verdict.isAllowed ? 'allowed' : verdict.reason;
}

async function waitForQuestion(gate: NetworkGate, host: string): Promise<NetworkQuestion> {
  return await vi.waitFor(() => {
    const { question } = gate;
    if (question?.host !== host) throw new Error(`the question is for ${question?.host ?? 'nothing'}`);
    return question;
  });
}

const refusal =
  'a.example was refused when you were asked. Run the cell again to be asked again, or allow the host under “Network” in the workspace pane.';

describe('the network gate', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('leaves the kernels of other tabs to them', async () => {
    const { gate } = await setup();
    expect(gate.decide({ kernelId: 'other', method: 'GET', url: 'https://a.example/' })).toBeNull();
    expect(gate.question).toBeNull();
  });

  it('asks nothing where the policy decides', async () => {
    const { gate, settings } = await setup();
    await settings.addHost('a.example');
    expect(await send(gate, 'https://a.example/')).toBe('allowed');
    await settings.setMode('allow-list');
    expect(await send(gate, 'https://b.example/')).toContain('b.example is not allowed');
    expect(await send(gate, 'https://cdn.example/full/a.whl')).toBe('allowed');
    await settings.setMode('none');
    expect(await send(gate, 'https://a.example/')).toContain('allows no other host');
    expect(gate.question).toBeNull();
  });

  it('asks once for a host, naming who asks, however many requests wait', async () => {
    const { gate } = await setup();
    const sent = ['one', 'two'].map((path) => send(gate, `https://a.example/${path}`));
    const question = await waitForQuestion(gate, 'a.example');
    expect(question).toMatchObject({
      kernelId,
      host: 'a.example',
      request: { method: 'GET', url: 'https://a.example/one' },
      asker: createAsker('job 1'),
    });
    expect(gate.waitingCount).toBe(0);
    await gate.answer(question, 'once');
    expect(await Promise.all(sent)).toEqual(['allowed', 'allowed']);
    expect(gate.question).toBeNull();
  });

  it('asks for one host after the other', async () => {
    const { gate } = await setup();
    const first = send(gate, 'https://a.example/');
    await waitForQuestion(gate, 'a.example');
    const second = send(gate, 'https://b.example/');
    await vi.waitFor(() => {
      expect(gate.waitingCount).toBe(1);
    });
    await gate.answer(await waitForQuestion(gate, 'a.example'), 'refuse');
    await gate.answer(await waitForQuestion(gate, 'b.example'), 'once');
    expect(await Promise.all([first, second])).toEqual([refusal, 'allowed']);
  });

  it.each([
    ['once', 'allowed'],
    ['refuse', refusal],
  ] as const)('keeps the answer "%s" until the job ends, and asks the next', async (answer, expected) => {
    const parts = await setup();
    const { gate, settings } = parts;
    const first = send(gate, 'https://a.example/');
    await gate.answer(await waitForQuestion(gate, 'a.example'), answer);
    expect([await first, await send(gate, 'https://a.example/again')]).toEqual([expected, expected]);
    gate.endJob('job 1');
    parts.asker = createAsker('job 2');
    void send(gate, 'https://a.example/');
    await waitForQuestion(gate, 'a.example');
    expect(settings.policy.hosts).toEqual([]);
  });

  it('keeps an answer for a minute when no job asks', async () => {
    vi.useFakeTimers();
    const parts = await setup();
    const { gate } = parts;
    parts.asker = { notebookTitle: 'Lesson', job: null };
    const first = send(gate, 'https://a.example/');
    await gate.answer(await waitForQuestion(gate, 'a.example'), 'refuse');
    await vi.advanceTimersByTimeAsync(59_000);
    const ofNoJob = refusal.replace('Run the cell again', 'Wait a minute and try again');
    expect([await first, await send(gate, 'https://a.example/')]).toEqual([ofNoJob, ofNoJob]);
    await vi.advanceTimersByTimeAsync(2_000);
    void send(gate, 'https://a.example/');
    await waitForQuestion(gate, 'a.example');
  });

  it('stores a host that is always allowed, for every kernel that waits for it', async () => {
    const { gate, storage } = await setup();
    const sent = [send(gate, 'https://a.example:8443/'), send(gate, 'https://a.example:8443/', 'kernel 2')];
    await vi.waitFor(() => {
      expect(gate.waitingCount).toBe(1);
    });
    await gate.answer(await waitForQuestion(gate, 'a.example:8443'), 'always');
    expect(await Promise.all(sent)).toEqual(['allowed', 'allowed']);
    expect(gate.question).toBeNull();
    expect(await storage.loadNetworkPolicy()).toEqual({ mode: 'ask', hosts: ['a.example:8443'] });
  });

  it('asks nothing for a Python that was ended meanwhile', async () => {
    const parts = await setup();
    const sent = send(parts.gate, 'https://a.example/');
    parts.asker = null;
    expect(await sent).toBe('a.example was not reached: the Python that asked is gone.');
    expect(parts.gate.question).toBeNull();
  });

  it('takes questions back when their job ends', async () => {
    const { gate } = await setup();
    const sent = send(gate, 'https://a.example/');
    await waitForQuestion(gate, 'a.example');
    gate.endJob('job 1');
    expect(gate.question).toBeNull();
    expect(await sent).toBe(refusal);
  });

  it('lets no script fill the queue without end', async () => {
    const { gate } = await setup();
    for (let index = 0; index < 20; index += 1) void send(gate, `https://h${index}.example/`);
    await vi.waitFor(() => {
      expect(gate.waitingCount).toBe(19);
    });
    expect(await send(gate, 'https://one-more.example/')).toBe(
      'one-more.example was not reached: 20 other hosts wait for your answer already.',
    );
    void send(gate, 'https://a.example/', 'kernel 2');
    await vi.waitFor(() => {
      expect(gate.waitingCount).toBe(20);
    });
  });

  it('follows what another tab allowed or took away', async () => {
    const { gate, storage, settings } = await setup();
    await storage.changeNetworkPolicy(WorkspaceId.from('w'), () => ({
      mode: 'allow-list',
      hosts: ['a.example'],
    }));
    expect(await send(gate, 'https://a.example/')).toBe('allowed');
    expect(settings.policy).toEqual({ mode: 'allow-list', hosts: ['a.example'] });
  });
});

describe('the network settings', () => {
  it('say what is wrong with a host, and add it once', async () => {
    const { settings } = await setup();
    expect(await settings.addHost('*')).toContain('A * stands at the beginning only');
    expect(await settings.addHost('A.example')).toBeNull();
    expect(await settings.addHost('https://a.example/x')).toBeNull();
    await settings.addHost('*.b.example');
    await settings.removeHost('a.example');
    expect(settings.policy).toEqual({ mode: 'ask', hosts: ['*.b.example'] });
  });

  it('hold while the tab is open where they cannot be stored, and tell so', async () => {
    const { gate, settings, storage, notices } = await setup();
    vi.spyOn(storage, 'changeNetworkPolicy').mockResolvedValue(fail({ kind: 'full', message: 'no room' }));
    await settings.setMode('none');
    expect(await send(gate, 'https://a.example/')).toContain('allows no other host');
    expect(notices.list.map((notice) => notice.text)).toEqual([
      'The network policy could not be saved: no room. It holds while this tab is open.',
    ]);
  });

  it('asks nobody twice for a host that was agreed to, and asks for where that leads', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const parts = await setup();
    const { gate } = parts;
    parts.asker = { notebookTitle: null, job: null };
    expect(await gate.judge('https://a.example/lesson.cahier')).toEqual({
      decision: 'ask',
      host: 'a.example',
    });
    gate.allowOnce(kernelId, 'a.example');
    expect(await send(gate, 'https://a.example/lesson.cahier')).toBe('allowed');
    const redirected = send(gate, 'https://b.example/lesson.cahier');
    await gate.answer(await waitForQuestion(gate, 'b.example'), 'refuse');
    expect(await redirected).toMatch(/^b\.example was refused when you were asked\. Wait a minute/);
    vi.advanceTimersByTime(60_001);
    void send(gate, 'https://a.example/lesson.cahier');
    await waitForQuestion(gate, 'a.example');
  });

  it('says that a file is not fetched from a host that the policy does not allow', async () => {
    const { gate, settings } = await setup();
    await settings.setMode('none');
    expect(await gate.judge('https://a.example/lesson.cahier')).toEqual({
      decision: 'refused',
      reason:
        "a.example was not reached: the workspace's network policy allows no other host. Change it under “Network” in the workspace pane.",
    });
  });
});

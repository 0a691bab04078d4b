import { describe, expect, it, vi } from 'vitest';
import { JobStop, type Wait } from './JobStop.ts';

const up = (): boolean => true;
const down = (): boolean => false;
const allowed = (): boolean => true;
const forbidden = (): boolean => false;

function startScript(): JobStop {
  const stop = new JobStop();
  stop.startScript();
  return stop;
}

/** A wait that a stop can end, and how often it was. */
function addWait(stop: JobStop, canEnd = true): { wait: Wait; end: ReturnType<typeof vi.fn<() => boolean>> } {
  const end = vi.fn(() => canEnd);
  return { wait: stop.addWait(end), end };
}

describe('the stop of a job, where Python computes', () => {
  it('is raised once the flag is up, and only once', () => {
    const stop = startScript();
    expect([stop.look(down, allowed), stop.isTaken]).toEqual([false, false]);
    expect([stop.look(up, allowed), stop.isTaken]).toEqual([true, true]);
    expect([stop.look(up, allowed), stop.look(up, allowed)]).toEqual([false, false]);
  });

  it('is not raised again by the message for the same stop, which comes when the script pauses', () => {
    const stop = startScript();
    stop.look(up, allowed);
    const { wait, end } = addWait(stop);
    stop.ask();
    expect(end).not.toHaveBeenCalled();
    expect([wait.finish(), stop.look(up, allowed)]).toEqual([false, false]);
  });

  it('does not read the flag any more once it was asked for', () => {
    const stop = startScript();
    stop.ask();
    const readFlag = vi.fn(up);
    expect([stop.look(readFlag, allowed), stop.look(readFlag, allowed)]).toEqual([true, false]);
    expect(readFlag).not.toHaveBeenCalled();
  });

  it('waits while what computes may not be interrupted', () => {
    const stop = startScript();
    expect([stop.look(up, forbidden), stop.look(down, forbidden)]).toEqual([false, false]);
    expect([stop.isTaken, stop.look(down, allowed)]).toEqual([false, true]);
  });

  it('takes effect at the end of the script at last', () => {
    const stop = startScript();
    stop.look(up, forbidden);
    expect([stop.endScript(), stop.endScript(), stop.isTaken]).toEqual([true, false, true]);
  });
});

describe('the stop of a job, where Python is paused', () => {
  it('ends the wait when the message comes, and is not raised again by the flag', () => {
    const stop = startScript();
    const { wait, end } = addWait(stop);
    stop.ask();
    stop.ask();
    expect(end).toHaveBeenCalledOnce();
    expect([stop.isTaken, wait.finish(), stop.look(up, allowed)]).toEqual([true, false, false]);
  });

  it('ends a wait that begins after the message', () => {
    const stop = startScript();
    stop.ask();
    expect(stop.isTaken).toBe(false);
    expect(addWait(stop).end).toHaveBeenCalledOnce();
    expect(stop.isTaken).toBe(true);
  });

  it('takes effect where Python goes on, if what it waited for has come', () => {
    const stop = startScript();
    const { wait, end } = addWait(stop);
    wait.settle();
    stop.ask();
    expect(end).not.toHaveBeenCalled();
    expect([stop.isTaken, wait.finish(), stop.isTaken]).toEqual([false, true, true]);
  });

  it('takes effect where Python goes on, if there was nothing to end any more', () => {
    const stop = startScript();
    const { wait } = addWait(stop, false);
    stop.ask();
    expect([stop.isTaken, wait.finish(), stop.isTaken]).toEqual([false, true, true]);
  });

  it('ends the wait that began last', () => {
    const stop = startScript();
    const script = addWait(stop);
    const task = addWait(stop);
    stop.ask();
    expect([task.end.mock.calls.length, script.end.mock.calls.length]).toEqual([1, 0]);
  });

  it('ends the others, too, when its interrupt has ended a task that nobody waits for', () => {
    const stop = startScript();
    const script = addWait(stop);
    const settled = addWait(stop);
    settled.wait.settle();
    const task = addWait(stop);
    stop.ask();
    task.wait.finish();
    stop.endWaits();
    expect([script.end.mock.calls.length, settled.end.mock.calls.length]).toEqual([1, 0]);
    expect([settled.wait.finish(), script.wait.finish()]).toEqual([true, false]);
  });

  it('comes too late for a wait that is finished', () => {
    const stop = startScript();
    const { wait, end } = addWait(stop);
    wait.finish();
    stop.ask();
    expect(end).not.toHaveBeenCalled();
    expect(stop.look(down, allowed)).toBe(true);
  });
});

describe('the stop of a job, where tasks compute while the script waits', () => {
  it('ends the wait as soon as the event loop is free', async () => {
    const stop = startScript();
    const { end } = addWait(stop);
    expect([stop.look(up, allowed), stop.isTaken]).toEqual([false, false]);
    await Promise.resolve();
    expect(end).toHaveBeenCalledOnce();
    expect([stop.isTaken, stop.look(up, allowed)]).toEqual([true, false]);
  });

  it('is raised at the next look, if that does not happen, and then leaves the wait alone', async () => {
    const stop = startScript();
    const { end } = addWait(stop);
    expect([stop.look(up, allowed), stop.look(down, allowed)]).toEqual([false, true]);
    await Promise.resolve();
    expect(end).not.toHaveBeenCalled();
  });

  it('is heard as a message in between', async () => {
    const stop = startScript();
    const { end } = addWait(stop);
    stop.look(up, allowed);
    stop.ask();
    await Promise.resolve();
    expect(end).toHaveBeenCalledOnce();
  });
});

describe('the stop of a job, where Python blocks the worker', () => {
  it('ends that wait once', () => {
    const stop = startScript();
    expect([stop.takeFlag(), stop.takeFlag(), stop.isTaken]).toEqual([true, false, true]);
  });
});

describe('the stop of a job, before and after the script', () => {
  it('is told when it is asked for, and takes effect at the beginning', async () => {
    const stop = new JobStop();
    stop.ask();
    await stop.whenAsked;
    expect(() => {
      stop.signal.throwIfAborted();
    }).toThrow('The job was stopped.');
    expect([stop.isAsked, stop.isTaken, stop.startScript(), stop.isTaken]).toEqual([true, false, true, true]);
  });

  it('does nothing to what is not the script', () => {
    const stop = startScript();
    stop.endScript();
    const { wait, end } = addWait(stop);
    stop.ask();
    expect([stop.look(up, allowed), stop.takeFlag(), wait.finish(), stop.isTaken]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(end).not.toHaveBeenCalled();
  });

  it('does not end a wait as soon as the event loop is free, if the script is over by then', async () => {
    const stop = startScript();
    const { end } = addWait(stop);
    stop.look(up, forbidden);
    stop.endScript();
    await Promise.resolve();
    expect(end).not.toHaveBeenCalled();
  });
});

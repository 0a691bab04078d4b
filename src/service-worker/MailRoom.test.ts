import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MailRoom } from './MailRoom.ts';

const one = 'kernel one';
const other = 'kernel two';
const nothing = { isStopAsked: false };
const stop = { isStopAsked: true };

function fetchFrom(room: MailRoom, kernelId: string, wait = 0): Promise<unknown> {
  return room.fetch(kernelId, wait, new AbortController().signal);
}

describe('a mail room', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('hands mail out once, to the kernel that it is for', async () => {
    const room = new MailRoom();
    room.post(one, stop);
    expect(await fetchFrom(room, other)).toEqual(nothing);
    expect(await fetchFrom(room, one)).toEqual(stop);
    expect(await fetchFrom(room, one)).toEqual(nothing);
  });

  it('adds to what is there: a stop stays, a new answer takes the place of the old one', async () => {
    const room = new MailRoom();
    room.post(one, { isStopAsked: true });
    room.post(one, { isStopAsked: false, answer: 'old' });
    room.post(one, { isStopAsked: false, answer: null });
    room.post(one, { isStopAsked: false });
    expect(await fetchFrom(room, one)).toEqual({ isStopAsked: true, answer: null });
  });

  it('gives mail to one that waits as soon as it comes, and to one only', async () => {
    const room = new MailRoom();
    const first = fetchFrom(room, one, 1_000);
    const second = fetchFrom(room, one, 1_000);
    const stranger = fetchFrom(room, other, 1_000);
    room.post(one, stop);
    expect(await first).toEqual(stop);
    vi.advanceTimersByTime(1_000);
    expect(await Promise.all([second, stranger])).toEqual([nothing, nothing]);
  });

  it('lets nobody wait longer than asked', async () => {
    const room = new MailRoom();
    let isThere = false;
    const waiting = fetchFrom(room, one, 500).then(() => (isThere = true));
    await vi.advanceTimersByTimeAsync(499);
    expect(isThere).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(isThere).toBe(true);
  });

  it('keeps the mail of one that went away', async () => {
    const room = new MailRoom();
    const leaving = new AbortController();
    const waiting = room.fetch(one, 1_000, leaving.signal);
    leaving.abort();
    room.post(one, stop);
    expect(await waiting).toEqual(nothing);
    expect(await room.fetch(one, 1_000, leaving.signal)).toEqual(nothing);
    expect(await fetchFrom(room, one)).toEqual(stop);
  });

  it('throws away what is out of date', async () => {
    const room = new MailRoom();
    room.post(one, stop);
    room.empty(one);
    expect(await fetchFrom(room, one)).toEqual(nothing);
  });

  it('keeps the mail of a hundred kernels, and the newest of more', async () => {
    const room = new MailRoom();
    for (let index = 0; index < 101; index += 1) room.post(`kernel ${index}`, stop);
    expect(await fetchFrom(room, 'kernel 0')).toEqual(nothing);
    expect(await fetchFrom(room, 'kernel 1')).toEqual(stop);
    expect(await fetchFrom(room, 'kernel 100')).toEqual(stop);
  });

  it('lets go who waits when a newer one takes over, and lets nobody wait long after', async () => {
    const room = new MailRoom();
    const waiting = [fetchFrom(room, one, 20_000), fetchFrom(room, other, 20_000)];
    room.handOver();
    expect(await Promise.all(waiting)).toEqual([nothing, nothing]);
    const later = fetchFrom(room, one, 20_000);
    await vi.advanceTimersByTimeAsync(250);
    expect(await later).toEqual(nothing);
  });
});

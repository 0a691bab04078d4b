import { describe, expect, it } from 'vitest';
import { OutsideRequests } from './OutsideRequests.ts';

describe('requests for other hosts', () => {
  it('end with the job of their kernel, and later ones do not', () => {
    const requests = new OutsideRequests();
    const signals = [requests.getSignal('a'), requests.getSignal('a'), requests.getSignal('b')];
    requests.end('a');
    requests.end('c');
    expect([...signals, requests.getSignal('a')].map((signal) => signal.aborted)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('are known of the hundred kernels that asked last', () => {
    const requests = new OutsideRequests();
    const [first, second] = [requests.getSignal('first'), requests.getSignal('second')];
    for (let at = 0; at < 99; at += 1) {
      requests.getSignal('second');
      requests.getSignal(String(at));
    }
    requests.end('first');
    requests.end('second');
    expect([first.aborted, second.aborted]).toEqual([false, true]);
  });
});

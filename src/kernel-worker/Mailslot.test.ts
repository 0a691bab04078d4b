import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mailslot } from './Mailslot.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
}

const asked: unknown[][] = [];
let answer: Answer | null = null;

/** As much of a synchronous request as is used. */
class FakeRequest {
  status = 0;
  responseText = '';

  open(...parameters: unknown[]): void {
    asked.push(parameters);
  }

  send(): void {
    if (!answer) throw new Error('A network error occurred.');
    this.status = answer.status;
    this.responseText = answer.text;
  }
}

vi.stubGlobal('XMLHttpRequest', FakeRequest);
const { openMailslot } = await import('./Mailslot.ts');

let mailslot: Mailslot;

beforeEach(() => {
  asked.length = 0;
  mailslot = openMailslot('https://site.example/app/', '5f0c7c9e-7a3c-4f0e-8d57-0c3d3a8f6f11');
});

/** What is fetched where the service worker, or whoever is there, answers like this. */
function fetchWith(given: Answer | null): [unknown, boolean] {
  answer = given;
  return [mailslot.fetch(0), mailslot.isAnswered];
}

describe('the mailslot of a kernel', () => {
  it('asks the service worker for its mail, and blocks meanwhile', () => {
    fetchWith({ status: 200, text: '{"isStopAsked":false}' });
    mailslot.fetch(1_234.5);
    const url = 'https://site.example/app/-/mail/5f0c7c9e-7a3c-4f0e-8d57-0c3d3a8f6f11';
    expect(asked).toEqual([
      ['GET', `${url}?wait=0`, false],
      ['GET', `${url}?wait=1235`, false],
    ]);
  });

  it('gives the mail', () => {
    expect(fetchWith({ status: 200, text: '{"isStopAsked":true,"answer":null}' })).toEqual([
      { isStopAsked: true, answer: null },
      true,
    ]);
  });

  it.each([
    ['cannot be reached', null],
    ['refuses', { status: 503, text: '{"isStopAsked":true}' }],
    ['is the host with a page of its own', { status: 200, text: '<!doctype html>' }],
    ['says something else', { status: 200, text: '{"isStopAsked":"yes"}' }],
  ])('gives nothing where whoever answers %s', (_who, given) => {
    expect(fetchWith(given)).toEqual([null, false]);
  });

  it('knows once somebody answers again', () => {
    fetchWith(null);
    expect(fetchWith({ status: 200, text: '{"isStopAsked":false}' })[1]).toBe(true);
  });

  it('is not led astray by a script that changes what requests are', () => {
    vi.stubGlobal('XMLHttpRequest', undefined);
    expect(fetchWith({ status: 200, text: '{"isStopAsked":false}' })).toEqual([{ isStopAsked: false }, true]);
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
  });
});

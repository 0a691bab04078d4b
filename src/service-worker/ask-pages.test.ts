import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  parseHostAnswer,
  parseServerAnswer,
  type HostAnswer,
  type HostQuestion,
  type HostVerdict,
  type ServerVerdict,
} from '../protocol/service-worker.ts';
import { askPages, type AskedPage, type PageQuestion } from './ask-pages.ts';

const question: HostQuestion = { type: 'ask-host', kernelId: 'k', method: 'GET', url: 'https://example.org' };
const long = 60_000;
const short = 30;
const allowed: HostVerdict = { isAllowed: true };
const refused: HostVerdict = { isAllowed: false, reason: 'No.' };
const unowned = {
  isAllowed: false,
  reason: 'No open page answers for this kernel, so it reaches no other host.',
};
const outdated = {
  isAllowed: false,
  reason: 'Cahier was brought up to date before it was answered whether this host may be reached.',
};
const undecided = {
  isAllowed: false,
  reason: 'Nobody answered the question whether this host may be reached.',
};

/** A page that says these things at once. */
function pageThatSays(...answers: readonly unknown[]): AskedPage {
  return {
    postMessage: (asked, [port]) => {
      expect(asked).toEqual(question);
      if (port instanceof MessagePort) for (const answer of answers) port.postMessage(answer);
    },
  };
}

const never = new AbortController().signal;
const notMine = pageThatSays({ type: 'not-mine' });
const silent = pageThatSays();

function ask(...pages: readonly AskedPage[]): Promise<HostVerdict> {
  return askPages(question, pages, never, parseHostAnswer, { untilHeard: long, untilDecided: long });
}

function askBriefly(page: AskedPage): Promise<HostVerdict> {
  return askPages(question, [page], never, parseHostAnswer, { untilHeard: short, untilDecided: long });
}

describe('a question to the pages', () => {
  it('is decided by the page that owns the kernel', async () => {
    const owner = pageThatSays({ type: 'considering' }, { type: 'verdict', verdict: allowed });
    expect(await ask(notMine, silent, owner)).toEqual(allowed);
    expect(await ask(pageThatSays({ type: 'verdict', verdict: refused }), notMine)).toEqual(refused);
  });

  it('waits for a reader who thinks, longer than for a page that is silent', async () => {
    const owner: AskedPage = {
      postMessage: (_, [port]) => {
        if (!(port instanceof MessagePort)) return;
        port.postMessage({ type: 'considering' });
        setTimeout(() => {
          port.postMessage({ type: 'verdict', verdict: allowed });
        }, 600);
      },
    };
    expect(
      await askPages(question, [owner], never, parseHostAnswer, { untilHeard: 400, untilDecided: long }),
    ).toEqual(allowed);
  });

  it('is refused where no page is open, and where none owns the kernel', async () => {
    expect(await ask()).toEqual(unowned);
    expect(await ask(notMine, notMine)).toEqual(unowned);
    expect(await askBriefly(silent)).toEqual(unowned);
  });

  it('is refused when nobody decides', async () => {
    const owner = pageThatSays({ type: 'considering' });
    const patience = { untilHeard: long, untilDecided: short };
    expect(await askPages(question, [owner, notMine], never, parseHostAnswer, patience)).toEqual(undecided);
  });

  it('may be one for the server, whose verdict is an answer or another address', async () => {
    const asked = {
      type: 'ask-server',
      kernelId: 'k',
      method: 'GET',
      url: 'http://x/',
      authorization: null,
    } as const;
    const verdicts: readonly ServerVerdict[] = [
      { isAllowed: true, answer: { status: 200, headers: { a: 'b' }, body: '{}' } },
      { isAllowed: true, forwardTo: 'https://real.example/x' },
      refused,
    ];
    for (const verdict of verdicts) {
      const owner: AskedPage = {
        postMessage: (message, [port]) => {
          expect(message).toEqual(asked);
          if (port instanceof MessagePort) port.postMessage({ type: 'verdict', verdict });
        },
      };
      const patience = { untilHeard: long, untilDecided: long };
      expect(await askPages(asked, [owner], never, parseServerAnswer, patience)).toEqual(verdict);
    }
  });

  it('is not decided by what is no answer', async () => {
    const nonsense = pageThatSays({ type: 'verdict', verdict: { isAllowed: 'yes' } }, 'allowed');
    expect(await askBriefly(nonsense)).toEqual(unowned);
  });
});

describe('the patience of a question', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  /** Waits until what was sent through ports has arrived: when one message has, another may be on its way, but not after two. */
  async function waitForPorts(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    for (let arrivals = 0; arrivals < 2; arrivals += 1) {
      const arrived = new Promise((resolve) => {
        port1.onmessage = resolve;
      });
      port2.postMessage(null);
      await arrived;
    }
    port1.close();
  }

  /** A page that holds the port of its question until the test answers through it. */
  class BusyPage implements AskedPage {
    #port: MessagePort | null = null;

    postMessage(_question: PageQuestion, [port]: Transferable[]): void {
      if (port instanceof MessagePort) this.#port = port;
    }

    async say(answer: HostAnswer): Promise<void> {
      this.#port?.postMessage(answer);
      await waitForPorts();
    }
  }

  it('is 10 s for a page that is too busy to hear it, and then four minutes for its reader', async () => {
    const [page, silentPage] = [new BusyPage(), new BusyPage()];
    const verdict = askPages(question, [page], never, parseHostAnswer);
    const silence = askPages(question, [silentPage], never, parseHostAnswer);
    await vi.advanceTimersByTimeAsync(9_999);
    await page.say({ type: 'considering' });
    await vi.advanceTimersByTimeAsync(1);
    expect(await silence).toEqual(unowned);
    await vi.advanceTimersByTimeAsync(239_000);
    await page.say({ type: 'verdict', verdict: allowed });
    expect(await verdict).toEqual(allowed);
  });

  it('ends when a newer service worker is to take over', async () => {
    const handOver = new AbortController();
    const [thinking, busy] = [new BusyPage(), new BusyPage()];
    const verdicts = [thinking, busy].map((page) =>
      askPages(question, [page], handOver.signal, parseHostAnswer),
    );
    await thinking.say({ type: 'considering' });
    handOver.abort();
    expect(await Promise.all(verdicts)).toEqual([outdated, outdated]);
  });

  it('is a quarter of a second from then on, enough for a page that need not ask its reader', async () => {
    const quick = new BusyPage();
    const thinking = new BusyPage();
    const verdicts = [quick, thinking].map((page) =>
      askPages(question, [page], AbortSignal.abort(), parseHostAnswer),
    );
    await quick.say({ type: 'verdict', verdict: allowed });
    await thinking.say({ type: 'considering' });
    await vi.advanceTimersByTimeAsync(250);
    expect(await Promise.all(verdicts)).toEqual([allowed, undecided]);
  });
});

import { assertNever } from '../shared/assert-never.ts';
import type {
  HostQuestion,
  PageAnswer,
  RefusingVerdict,
  ServerQuestion,
} from '../protocol/service-worker.ts';
import type { Result } from '../shared/result.ts';

export type PageQuestion = HostQuestion | ServerQuestion;

/** A page that can be asked; a `Client` is one. */
export interface AskedPage {
  postMessage(message: PageQuestion, transfer: Transferable[]): void;
}

export interface Patience {
  /** How long in milliseconds the page that owns the kernel has to speak up. */
  readonly untilHeard: number;
  /** How long in milliseconds its reader has to decide. */
  readonly untilDecided: number;
}

/** A page speaks up at once, but may be busy before it hears. A browser ends the work on a request after some five minutes. */
const usualPatience: Patience = { untilHeard: 10_000, untilDecided: 240_000 };

/** What a page decides without its reader is there by then; a newer service worker waits no longer for the rest. */
const handOverPatience: Patience = { untilHeard: 250, untilDecided: 250 };

/**
 * Asks every page; the one that owns the kernel decides. Without one, or without its word in time, the host is refused.
 * @param handOver given when a newer service worker is to take over, which it can only when no request is held: who waits
 * for an answer is refused, and nobody waits long from then on
 * @param parseAnswer reads what pages say to such a question; anything else is passed over
 */
export function askPages<Verdict>(
  question: PageQuestion,
  pages: readonly AskedPage[],
  handOver: AbortSignal,
  parseAnswer: (message: unknown) => Result<PageAnswer<Verdict>, string>,
  patience = handOver.aborted ? handOverPatience : usualPatience,
): Promise<Verdict | RefusingVerdict> {
  if (pages.length === 0) return Promise.resolve(unowned);
  return new Promise((resolve) => {
    const ports: MessagePort[] = [];
    const settle = (verdict: Verdict | RefusingVerdict): void => {
      clearTimeout(timer);
      handOver.removeEventListener('abort', refuseForUpdate);
      for (const port of ports) port.close();
      resolve(verdict);
    };
    const refuseForUpdate = (): void => {
      settle(outdated);
    };
    let timer = setTimeout(settle, patience.untilHeard, unowned);
    handOver.addEventListener('abort', refuseForUpdate);
    const silent = new Set(pages);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      port1.onmessage = ({ data }) => {
        const answer = parseAnswer(data);
        if (!answer.isOk) return;
        switch (answer.value.type) {
          case 'not-mine':
            silent.delete(page);
            if (silent.size === 0) settle(unowned);
            return;
          case 'considering':
            clearTimeout(timer);
            timer = setTimeout(settle, patience.untilDecided, undecided);
            return;
          case 'verdict':
            settle(answer.value.verdict);
            return;
          default:
            assertNever(answer.value);
        }
      };
      page.postMessage(question, [port2]);
    }
  });
}

const unowned: RefusingVerdict = {
  isAllowed: false,
  reason: 'No open page answers for this kernel, so it reaches no other host.',
};

const outdated: RefusingVerdict = {
  isAllowed: false,
  reason: 'Cahier was brought up to date before it was answered whether this host may be reached.',
};

const undecided: RefusingVerdict = {
  isAllowed: false,
  reason: 'Nobody answered the question whether this host may be reached.',
};

import { describe, expect, it } from 'vitest';
import type { HostQuestion, HostVerdict } from '../protocol/service-worker.ts';
import { askPages, type AskedPage } from './ask-pages.ts';

const question: HostQuestion = { type: 'ask-host', kernelId: 'k', method: 'GET', url: 'https://example.org' };
const long = 60_000;
const short = 30;
const allowed: HostVerdict = { isAllowed: true };
const refused: HostVerdict = { isAllowed: false, reason: 'No.' };
const unowned = {
  isAllowed: false,
  reason: 'No open page answers for this kernel, so it reaches no other host.',
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

const notMine = pageThatSays({ type: 'not-mine' });
const silent = pageThatSays();

function ask(...pages: readonly AskedPage[]): Promise<HostVerdict> {
  return askPages(question, pages, { untilHeard: long, untilDecided: long });
}

function askBriefly(page: AskedPage): Promise<HostVerdict> {
  return askPages(question, [page], { untilHeard: short, untilDecided: long });
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
    expect(await askPages(question, [owner], { untilHeard: 400, untilDecided: long })).toEqual(allowed);
  });

  it('is refused where no page is open, and where none owns the kernel', async () => {
    expect(await ask()).toEqual(unowned);
    expect(await ask(notMine, notMine)).toEqual(unowned);
    expect(await askBriefly(silent)).toEqual(unowned);
  });

  it('is refused when nobody decides', async () => {
    const owner = pageThatSays({ type: 'considering' });
    expect(await askPages(question, [owner, notMine], { untilHeard: long, untilDecided: short })).toEqual(
      undecided,
    );
  });

  it('is not decided by what is no answer', async () => {
    const nonsense = pageThatSays({ type: 'verdict', verdict: { isAllowed: 'yes' } }, 'allowed');
    expect(await askBriefly(nonsense)).toEqual(unowned);
  });
});

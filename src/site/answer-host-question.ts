import type { HostAnswer, HostQuestion, HostVerdict } from '../protocol/service-worker.ts';

/** Decides whether a kernel may reach a host; null when the kernel is not of this page. */
export type HostQuestionHandler = (question: HostQuestion) => Promise<HostVerdict> | null;

/** Answers through the port: at once whether the question is this page's, and when it is decided, how. */
export async function answerHostQuestion(
  question: HostQuestion,
  handler: HostQuestionHandler,
  port: Pick<MessagePort, 'postMessage'>,
): Promise<void> {
  const answer = (message: HostAnswer): void => {
    port.postMessage(message);
  };
  const deciding = handler(question);
  if (!deciding) {
    answer({ type: 'not-mine' });
    return;
  }
  answer({ type: 'considering' });
  const verdict = await deciding.catch((error: unknown) => refuseFor(error));
  answer({ type: 'verdict', verdict });
}

function refuseFor(error: unknown): HostVerdict {
  return { isAllowed: false, reason: `The question for this host failed (${String(error)}).` };
}

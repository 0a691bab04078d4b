import type { PageAnswer, RefusingVerdict } from '../protocol/service-worker.ts';

/** Decides what becomes of a request of a kernel; null when the kernel is not of this page. */
export type QuestionHandler<Question, Verdict> = (question: Question) => Promise<Verdict> | null;

/** Answers through the port: at once whether the question is this page's, and when it is decided, how. */
export async function answerQuestion<Question, Verdict>(
  question: Question,
  handler: QuestionHandler<Question, Verdict>,
  port: Pick<MessagePort, 'postMessage'>,
): Promise<void> {
  const answer = (message: PageAnswer<Verdict | RefusingVerdict>): void => {
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

function refuseFor(error: unknown): RefusingVerdict {
  return { isAllowed: false, reason: `The question for this host failed (${String(error)}).` };
}

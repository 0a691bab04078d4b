import { createDeferred, type Deferred } from '../../shared/deferred.ts';
import type { SourceProblem } from '../../model/source-problem.ts';
import { toSourceProblem } from './check-specification.ts';
import type { Completion } from './complete.ts';
import type { PlaceNote } from './describe-place.ts';
import {
  parseAnswer,
  type SpecificationAnswer,
  type SpecificationQuestion,
} from './specification-messages.ts';

type Question = SpecificationQuestion extends infer One
  ? One extends SpecificationQuestion
    ? Omit<One, 'requestId'>
    : never
  : never;

/** Checks specifications of Vega-Lite and helps to write them, in a worker that starts when it is first asked. */
export class SpecificationHelp {
  readonly #waiting = new Map<number, Deferred<SpecificationAnswer>>();
  #worker: Worker | null = null;
  #nextRequest = 1;

  /** What is wrong with a specification that is JSON; `columns` are those of its dataset, null where it has none yet. */
  async check(text: string, columns: readonly string[] | null): Promise<SourceProblem[]> {
    const answer = await this.#ask({ type: 'check', text, columns });
    return answer.type === 'checked' ? answer.problems.map((problem) => toSourceProblem(text, problem)) : [];
  }

  /** What may stand at an offset. */
  async complete(text: string, offset: number, columns: readonly string[]): Promise<Completion | null> {
    const answer = await this.#ask({ type: 'complete', text, offset, columns });
    return answer.type === 'completed' ? answer.completion : null;
  }

  /** What the property is for that stands at an offset. */
  async describe(text: string, offset: number): Promise<PlaceNote | null> {
    const answer = await this.#ask({ type: 'describe', text, offset });
    return answer.type === 'described' ? answer.note : null;
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const deferred of this.#waiting.values()) deferred.reject(new Error('The check was ended.'));
    this.#waiting.clear();
  }

  #ask(question: Question): Promise<SpecificationAnswer> {
    const worker = (this.#worker ??= this.#start());
    const requestId = this.#nextRequest++;
    const deferred = createDeferred<SpecificationAnswer>();
    this.#waiting.set(requestId, deferred);
    worker.postMessage({ ...question, requestId });
    return deferred.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./specification-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const answer = parseAnswer(data);
      if (!answer.isOk) return;
      const deferred = this.#waiting.get(answer.value.requestId);
      this.#waiting.delete(answer.value.requestId);
      if (answer.value.type === 'refused') deferred?.reject(new Error(answer.value.reason));
      else deferred?.resolve(answer.value);
    });
    worker.addEventListener('error', () => {
      this.dispose();
    });
    return worker;
  }
}

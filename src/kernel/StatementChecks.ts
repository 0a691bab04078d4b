import type { SourceProblem } from '../model/source-problem.ts';

type Settle = (problems: readonly SourceProblem[] | null) => void;

/** The questions what is wrong with a Statement that Python has not answered yet. */
export class StatementChecks {
  readonly #open = new Map<number, Settle>();
  #nextId = 1;

  /** Settles with the answer; with null where there will be none. */
  ask(send: (requestId: number) => void): Promise<readonly SourceProblem[] | null> {
    const requestId = this.#nextId++;
    return new Promise((settle) => {
      this.#open.set(requestId, settle);
      send(requestId);
    });
  }

  settle(requestId: number, problems: readonly SourceProblem[]): void {
    this.#open.get(requestId)?.(problems);
    this.#open.delete(requestId);
  }

  /** The Python that was asked is gone. */
  giveUp(): void {
    for (const settle of this.#open.values()) settle(null);
    this.#open.clear();
  }
}

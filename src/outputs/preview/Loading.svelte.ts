import { toMessage } from '../../shared/to-message.ts';

/** `shown` is what stays on the screen: also the one before, until the next is there. */
export type LoadingState<Value> =
  | { readonly status: 'loading'; readonly shown: Shown<Value> | null }
  | { readonly status: 'ready'; readonly shown: Shown<Value> }
  | { readonly status: 'failed'; readonly shown: null; readonly problem: string };

interface Shown<Value> {
  readonly value: Value;
}

/** Something that is on its way, and may be asked for again. */
export class Loading<Value> {
  state = $state.raw<LoadingState<Value>>({ status: 'loading', shown: null });
  readonly #release: (value: Value) => void;
  #current: AbortController | null = null;

  /** `release` lets go of a value that is no longer shown. */
  constructor(release: (value: Value) => void) {
    this.#release = release;
  }

  /** Loads anew. What was on its way is dropped when it arrives. */
  begin(load: (signal: AbortSignal) => Promise<Value>): void {
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    this.state = { status: 'loading', shown: this.state.shown };
    const { signal } = current;
    load(signal).then(
      (value) => {
        if (signal.aborted) this.#release(value);
        else this.#show({ status: 'ready', shown: { value } });
      },
      (error: unknown) => {
        if (!signal.aborted) this.#show({ status: 'failed', shown: null, problem: toMessage(error) });
      },
    );
  }

  /** Lets go of everything. */
  stop(): void {
    this.#current?.abort();
    this.#show({ status: 'loading', shown: null });
  }

  #show(next: LoadingState<Value>): void {
    const { shown } = this.state;
    this.state = next;
    if (shown !== null) this.#release(shown.value);
  }
}

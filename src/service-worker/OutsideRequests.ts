/** Kernels come and go, and not every one is told to end. */
const mostKernels = 100;

/** The requests that are under way for kernels, so that those of one can be ended with its job. */
export class OutsideRequests {
  readonly #controllers = new Map<string, AbortController>();

  /** Given when the requests that the kernel makes from now on are to end. */
  getSignal(kernelId: string): AbortSignal {
    const controller = this.#controllers.get(kernelId) ?? new AbortController();
    this.#controllers.delete(kernelId);
    this.#controllers.set(kernelId, controller);
    const oldest = this.#controllers.keys().next();
    if (this.#controllers.size > mostKernels && !oldest.done) this.#controllers.delete(oldest.value);
    return controller.signal;
  }

  /** Ends what is under way for the kernel. */
  end(kernelId: string): void {
    this.#controllers.get(kernelId)?.abort();
    this.#controllers.delete(kernelId);
  }
}

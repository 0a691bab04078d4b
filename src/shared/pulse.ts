/** Something happens now and then, and whoever waits for the next time is told. */
export class Pulse {
  #waiting: (() => void)[] = [];

  /** Settles when it happens next. */
  next(): Promise<void> {
    return new Promise((settle) => {
      this.#waiting.push(settle);
    });
  }

  /** It happens now. */
  beat(): void {
    for (const settle of this.#waiting.splice(0)) settle();
  }
}

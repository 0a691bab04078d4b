/** What `read` gives for 0 up to, not including, `count`, in order: so much of it is read at a time, before it is asked for. */
export async function* readAhead<Value>(
  count: number,
  read: (index: number) => Promise<Value>,
  ahead = 4,
): AsyncGenerator<Value> {
  const waiting: Promise<Value>[] = [];
  for (let index = 0; index < count; index++) {
    while (waiting.length < ahead && index + waiting.length < count) {
      const next = read(index + waiting.length);
      // Who stops in the midst never waits for it; who goes on is told of it in its turn.
      next.catch(() => undefined);
      waiting.push(next);
    }
    const first = waiting.shift();
    if (first) yield await first;
  }
}

import { refuse } from './refuse.ts';

/** Gives what `work` comes to, or refuses at once when the job that waits for it has ended. */
export async function untilEnded(
  ended: AbortSignal,
  host: string,
  work: () => Promise<Response>,
): Promise<Response> {
  return await new Promise((resolve, reject) => {
    const end = (): void => {
      resolve(refuse('network', `The job was stopped while it waited for ${host}.`));
    };
    ended.addEventListener('abort', end, { once: true });
    if (ended.aborted) end();
    work()
      .finally(() => {
        ended.removeEventListener('abort', end);
      })
      .then(resolve, reject);
  });
}

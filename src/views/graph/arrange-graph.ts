import type { GraphLayout } from './graph-layout.ts';
import type { Graph } from './graph.ts';
import { parseLayout } from './parse-layout.ts';

/**
 * Lays a graph out in a worker of its own, which ends with that. Rejects with a sentence where that fails; after an abort it
 * stays pending.
 */
export function arrangeGraph(graph: Graph, signal: AbortSignal): Promise<GraphLayout> {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cahier graph',
  });
  signal.addEventListener('abort', () => {
    worker.terminate();
  });
  return new Promise<GraphLayout>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const layout = parseLayout(data);
      if (layout.isOk) resolve(layout.value);
      else reject(new Error(layout.problem));
    });
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(message || 'the code for it could not be loaded'));
    });
    worker.postMessage(graph);
  }).finally(() => {
    worker.terminate();
  });
}

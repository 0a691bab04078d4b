import { layOutGraph } from './lay-out-graph.ts';
import { parseGraph } from './parse-layout.ts';

// Arranging hundreds of cells takes long, and the page goes on meanwhile. One graph is asked for, and answered.
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const graph = parseGraph(data);
  if (!graph.isOk) throw new Error(`The graph cannot be read: ${graph.problem}`);
  postMessage(layOutGraph(graph.value));
});

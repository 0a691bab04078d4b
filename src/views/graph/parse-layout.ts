import * as v from 'valibot';
import { CellId } from '../../model/ids.ts';
import { parseValue } from '../../shared/parse-value.ts';
import type { Result } from '../../shared/result.ts';
import type { GraphLayout } from './graph-layout.ts';
import type { Graph } from './graph.ts';

const cellId = v.pipe(v.string(), v.transform(CellId.from));
const place = v.object({ cellId, handle: v.string() });
const connection = v.object({ from: place, to: place });
const length = v.pipe(v.number(), v.finite());
const point = { x: length, y: length };

const graph: v.GenericSchema<unknown, Graph> = v.object({
  cells: v.array(v.object({ cellId, inputs: v.array(v.string()), outputs: v.array(v.string()) })),
  connections: v.array(connection),
});

const layout: v.GenericSchema<unknown, GraphLayout> = v.object({
  width: length,
  height: length,
  boxes: v.array(v.object({ cellId, ...point, height: length })),
  lines: v.array(v.object({ connection, points: v.array(v.object(point)) })),
  looseTop: v.nullable(length),
});

/** Checks what the worker is asked to lay out; the problem tells the path. */
export function parseGraph(message: unknown): Result<Graph, string> {
  return parseValue(graph, message);
}

/** Checks what the worker answers; the problem tells the path. */
export function parseLayout(message: unknown): Result<GraphLayout, string> {
  return parseValue(layout, message);
}

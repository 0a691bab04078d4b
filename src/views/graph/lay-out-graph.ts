import {
  Graph as DagreGraph,
  layout as arrange,
  type EdgeLabel,
  type GraphLabel,
  type NodeLabel,
} from '@dagrejs/dagre';
import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';
import { boxSize, type GraphBox, type GraphLayout, type GraphLine, type Point } from './graph-layout.ts';
import type { Graph, GraphCell } from './graph.ts';

const margin = 16;
const layerGap = 72;
const boxGap = 20;
/** Room for the words above the cells that are not connected. */
const headingHeight = 56;
const mostLooseColumns = 12;

/**
 * How many layers all connections together may pass for each to get a way around the boxes: what that costs grows fast.
 * The longest ones go straight where that is too much.
 */
const passedLayersLimit = 600;

/** Lays the cells out in layers from left to right, each behind those that it takes something from. */
export function layOutGraph({ cells, connections }: Graph): GraphLayout {
  const connected = cells.filter(isConnected);
  const layered = layOutLayers(connected, connections);
  const loose = cells.filter((cell) => !isConnected(cell));
  if (loose.length === 0) return { ...layered, looseTop: null };
  const hasLayers = connected.length > 0;
  const top = hasLayers ? layered.height - margin + headingHeight : margin;
  const grid = layOutGrid(loose, top, layered.width);
  return {
    width: Math.max(layered.width, grid.width),
    height: grid.height,
    boxes: [...layered.boxes, ...grid.boxes],
    lines: layered.lines,
    looseTop: hasLayers ? layered.height - margin : null,
  };
}

function isConnected({ inputs, outputs }: GraphCell): boolean {
  return inputs.length + outputs.length > 0;
}

function heightOf({ inputs, outputs }: GraphCell): number {
  const rows = Math.max(inputs.length, outputs.length);
  return boxSize.head + (rows > 0 ? rows * boxSize.row + boxSize.foot : 0);
}

type Layers = Omit<GraphLayout, 'looseTop'>;

function layOutLayers(cells: readonly GraphCell[], connections: readonly Connection[]): Layers {
  if (cells.length === 0) return { width: 0, height: 0, boxes: [], lines: [] };
  const graph = new DagreGraph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', nodesep: boxGap, ranksep: layerGap, marginx: margin, marginy: margin });
  for (const cell of cells) {
    graph.setNode(cell.cellId, { width: boxSize.width, height: heightOf(cell) });
  }
  for (const { from, to } of chooseRouted(cells, connections)) graph.setEdge(from.cellId, to.cellId, {});
  arrange(graph);

  const boxes = cells.map((cell) => placeBox(cell, graph.node(cell.cellId)));
  const { width = 0, height = 0 } = graph.graph();
  return makeRoom({
    width: Math.round(width),
    height: Math.round(height),
    boxes: boxes.sort((one, other) => one.x - other.x || one.y - other.y),
    lines: drawLines(cells, connections, boxes, (from, to) => graph.edge(from, to)?.points ?? []),
  });
}

/** Gives lines that are led around above or below all boxes a margin as well: dagre measures the boxes alone. */
function makeRoom({ width, height, boxes, lines }: Layers): Layers {
  const heights = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const down = Math.max(0, margin - heights.reduce((least, y) => Math.min(least, y), margin));
  const lowest = heights.reduce((most, y) => Math.max(most, y), height - margin);
  const move = <Placed extends Point>(placed: Placed): Placed => ({ ...placed, y: placed.y + down });
  return {
    width,
    height: lowest + margin + down,
    boxes: boxes.map(move),
    lines: lines.map(({ connection, points }) => ({ connection, points: points.map(move) })),
  };
}

function placeBox(cell: GraphCell, { x = 0, y = 0 }: NodeLabel): GraphBox {
  const height = heightOf(cell);
  return {
    cellId: cell.cellId,
    x: Math.round(x - boxSize.width / 2),
    y: Math.round(y - height / 2),
    height,
  };
}

/** The connections that are led around boxes, of those between the same two cells only one: the short ones first. */
function chooseRouted(cells: readonly GraphCell[], connections: readonly Connection[]): Connection[] {
  const layers = findLayers(cells, connections);
  const span = ({ from, to }: Connection): number =>
    (layers.get(to.cellId) ?? 0) - (layers.get(from.cellId) ?? 0);
  const pairs = new Map(connections.map((each) => [`${each.from.cellId} ${each.to.cellId}`, each]));
  const shortFirst = [...pairs.values()].sort((one, other) => span(one) - span(other));
  let passed = 0;
  return shortFirst.filter((connection) => {
    passed += span(connection) - 1;
    return passed <= passedLayersLimit;
  });
}

/** How many connections lead one after another to each cell, at most. */
function findLayers(cells: readonly GraphCell[], connections: readonly Connection[]): Map<CellId, number> {
  const layers = new Map(cells.map(({ cellId }) => [cellId, 0]));
  const targets = new Map<CellId, CellId[]>(cells.map(({ cellId }) => [cellId, []]));
  const awaited = new Map(cells.map(({ cellId }) => [cellId, 0]));
  for (const { from, to } of connections) {
    targets.get(from.cellId)?.push(to.cellId);
    awaited.set(to.cellId, (awaited.get(to.cellId) ?? 0) + 1);
  }
  const free = cells.map(({ cellId }) => cellId).filter((cellId) => awaited.get(cellId) === 0);
  for (const cellId of free) {
    for (const target of targets.get(cellId) ?? []) {
      layers.set(target, Math.max(layers.get(target) ?? 0, (layers.get(cellId) ?? 0) + 1));
      const left = (awaited.get(target) ?? 0) - 1;
      awaited.set(target, left);
      if (left === 0) free.push(target);
    }
  }
  return layers;
}

function drawLines(
  cells: readonly GraphCell[],
  connections: readonly Connection[],
  boxes: readonly GraphBox[],
  findWay: (from: CellId, to: CellId) => readonly Point[],
): GraphLine[] {
  const cellsById = new Map(cells.map((cell) => [cell.cellId, cell]));
  const boxesById = new Map(boxes.map((box) => [box.cellId, box]));
  const layerStarts = new Set(boxes.map(({ x }) => x));
  return connections.flatMap((connection) => {
    const { from, to } = connection;
    const source = boxesById.get(from.cellId);
    const target = boxesById.get(to.cellId);
    if (!source || !target) return [];
    const start: Point = {
      x: source.x + boxSize.width,
      y: source.y + rowMiddle(cellsById.get(from.cellId)?.outputs.indexOf(from.handle) ?? 0),
    };
    const end: Point = {
      x: target.x,
      y: target.y + rowMiddle(cellsById.get(to.cellId)?.inputs.indexOf(to.handle) ?? 0),
    };
    // The way has a point where it meets each box, and others in and between the layers that it passes.
    const passed = findWay(from.cellId, to.cellId)
      .slice(1, -1)
      .map(({ x, y }) => ({ x: Math.round(x - boxSize.width / 2), y: Math.round(y) }))
      .filter(({ x }) => layerStarts.has(x) && x > source.x && x < target.x)
      .flatMap(({ x, y }) => [
        { x, y },
        { x: x + boxSize.width, y },
      ]);
    return [{ connection, points: [start, ...passed, end] }];
  });
}

function rowMiddle(index: number): number {
  return boxSize.head + (Math.max(0, index) + 0.5) * boxSize.row;
}

/** Puts cells into rows that are about as wide as what stands above them, or else as a page is. */
function layOutGrid(cells: readonly GraphCell[], top: number, widthAbove: number): Layers {
  const step = boxSize.width + boxGap;
  const fitting = Math.floor((widthAbove - 2 * margin + boxGap) / step);
  const columns = Math.min(
    cells.length,
    mostLooseColumns,
    Math.max(fitting, Math.ceil(Math.sqrt(cells.length * 0.6))),
  );
  const boxes = cells.map((cell, index) => ({
    cellId: cell.cellId,
    x: margin + (index % columns) * step,
    y: top + Math.floor(index / columns) * (boxSize.head + boxGap),
    height: boxSize.head,
  }));
  const rows = Math.ceil(cells.length / columns);
  return {
    width: 2 * margin + columns * step - boxGap,
    height: top + rows * (boxSize.head + boxGap) - boxGap + margin,
    boxes,
    lines: [],
  };
}

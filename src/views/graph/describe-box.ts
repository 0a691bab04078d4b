import type { CellId } from '../../model/ids.ts';
import { cellKindNames, findCell, type Cell, type Notebook } from '../../model/notebook.ts';
import type { CellState, RunPhase } from '../../model/run-state.ts';
import { getFraction, stateWords } from '../describe-state.ts';

/** What a box says of its cell's state: "Done", "Running 40 %". */
export function describeBoxState(state: CellState, phase: RunPhase): string {
  const fraction = getFraction(phase);
  return fraction === null ? stateWords[state] : `${stateWords[state]} ${Math.floor(fraction * 100)} %`;
}

/** The accessible name of a box: "clean: Scriptlet, done, takes a from load, hands b to plot". */
export function describeBox(notebook: Notebook, cell: Cell, stateText: string): string {
  const takes = notebook.connections
    .filter(({ to }) => to.cellId === cell.id)
    .map(({ from, to }) => `${to.handle} from ${titleOf(notebook, from.cellId)}`);
  const hands = groupTargets(notebook, cell.id).map(
    ([handle, titles]) => `${handle} to ${titles.join(' and ')}`,
  );
  const facts = [
    cellKindNames[cell.kind],
    stateText.toLowerCase(),
    ...(takes.length > 0 ? [`takes ${takes.join(' and ')}`] : []),
    ...(hands.length > 0 ? [`hands ${hands.join(' and ')}`] : []),
    ...(takes.length + hands.length === 0 ? ['not connected'] : []),
  ];
  return `${cell.title}: ${facts.join(', ')}`;
}

/** The titles of the cells that each output is handed to. */
function groupTargets(notebook: Notebook, cellId: CellId): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { from, to } of notebook.connections) {
    if (from.cellId !== cellId) continue;
    const titles = groups.get(from.handle) ?? [];
    groups.set(from.handle, titles);
    const title = titleOf(notebook, to.cellId);
    if (!titles.includes(title)) titles.push(title);
  }
  return [...groups];
}

function titleOf(notebook: Notebook, cellId: CellId): string {
  return findCell(notebook, cellId)?.title ?? 'a cell that is gone';
}

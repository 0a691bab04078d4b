import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';
import { cellKindNames, type Cell } from '../../model/notebook.ts';
import type { CellState, RunPhase } from '../../model/run-state.ts';
import { groupBy } from '../../shared/group-by.ts';
import { formatCount } from '../../ui/format.ts';
import { getFraction, stateWords } from '../describe-state.ts';

/** So many cells are named that take the same output; the others are counted. */
const mostNamed = 4;

/** What a box says of its cell's state: "Done", "Running 40 %". */
export function describeBoxState(state: CellState, phase: RunPhase): string {
  const fraction = getFraction(phase);
  return fraction === null ? stateWords[state] : `${stateWords[state]} ${Math.floor(fraction * 100)} %`;
}

/** The accessible name of a box: "clean: Scriptlet, done, takes a from load, hands b to plot". */
export function nameBox(cell: Cell, stateText: string, links: string): string {
  return `${cell.title}: ${cellKindNames[cell.kind]}, ${stateText.toLowerCase()}, ${links}`;
}

/** What each cell takes from which, and hands to which: "takes a from load, hands b to plot". */
export function describeLinks(
  cells: readonly Cell[],
  connections: readonly Connection[],
): Map<CellId, string> {
  const titles = new Map(cells.map(({ id, title }) => [id, title]));
  const titleOf = (cellId: CellId): string => titles.get(cellId) ?? 'a cell that is gone';
  const taken = groupBy(connections, ({ to }) => to.cellId);
  const handed = groupBy(connections, ({ from }) => from.cellId);
  return new Map(
    cells.map(({ id }) => {
      const takes = (taken.get(id) ?? []).map(({ from, to }) => `${to.handle} from ${titleOf(from.cellId)}`);
      const byHandle = groupBy(handed.get(id) ?? [], ({ from }) => from.handle);
      const hands = [...byHandle].map(([handle, group]) => {
        const targets = new Set(group.map(({ to }) => titleOf(to.cellId)));
        return `${handle} to ${joinTitles([...targets])}`;
      });
      const facts = [
        ...(takes.length > 0 ? [`takes ${takes.join(' and ')}`] : []),
        ...(hands.length > 0 ? [`hands ${hands.join(' and ')}`] : []),
      ];
      return [id, facts.join(', ') || 'not connected'];
    }),
  );
}

function joinTitles(titles: readonly string[]): string {
  if (titles.length <= mostNamed) return titles.join(' and ');
  const more = titles.length - mostNamed + 1;
  return `${titles.slice(0, mostNamed - 1).join(' and ')} and ${formatCount(more)} others`;
}

import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';
import { cellKindNames, type Cell } from '../../model/notebook.ts';
import type { CellState, RunPhase } from '../../model/run-state.ts';
import { groupBy } from '../../shared/group-by.ts';
import { formatCount } from '../../ui/format.ts';
import type { IconName } from '../../ui/icons.ts';
import { getFraction, stateIcons, stateWords } from '../describe-state.ts';

/** So many cells are named that take the same output; the others are counted. */
const mostNamed = 4;

/** What a box says of its cell, and its icon. */
export interface BoxState {
  readonly icon: IconName;
  /** Empty where there is nothing to say. */
  readonly text: string;
}

/** How a cell stands: "Done", "Running 40 %"; of one that is not run, what it holds. */
export function describeBoxState(cell: Cell, state: CellState, phase: RunPhase): BoxState {
  switch (cell.kind) {
    case 'dataset': {
      if (!cell.content) return { icon: 'table', text: 'No data yet' };
      const { rowCount } = cell.content.table.summary;
      return { icon: 'table', text: `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}` };
    }
    case 'chart':
    case 'note':
      return { icon: cell.kind, text: '' };
    default: {
      const fraction = getFraction(phase);
      const percent = fraction === null ? '' : ` ${Math.floor(fraction * 100)} %`;
      return { icon: stateIcons[state], text: stateWords[state] + percent };
    }
  }
}

/** The accessible name of a box: "clean: Scriptlet, done, takes a from load, hands b to plot". */
export function nameBox(cell: Cell, stateText: string, links: string): string {
  const facts = [cellKindNames[cell.kind], stateText.toLowerCase(), links];
  return `${cell.title}: ${facts.filter((fact) => fact !== '').join(', ')}`;
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

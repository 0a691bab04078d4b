import type {
  ConflictChoice,
  ImportChoice,
  ImportedKind,
  ImportItem,
  ImportSummary,
  ImportWay,
} from './workspace-import.ts';

/** How much there is in the workspace that a file comes into. */
export interface PresentContents {
  readonly notebooks: number;
  readonly cells: number;
  /** In notebooks, with their packages. */
  readonly files: number;
  readonly models: number;
  readonly modelGroups: number;
  readonly schemas: number;
  readonly productionLines: number;
  readonly schedules: number;
  /** Beside the one that every workspace has. */
  readonly profiles: number;
  /** Notebooks and models that can be brought back. */
  readonly inTrash: number;
  /** All that would go for good where a file comes in its place. */
  readonly withoutTrash: readonly NamedThing[];
}

/** A thing as a person knows it. */
export interface NamedThing {
  readonly kind: ImportedKind;
  readonly title: string;
}

/** Whether what is replaced of a kind goes to the trash; it goes for good, else. */
export function hasTrash(kind: ImportedKind): boolean {
  return kind === 'notebook' || kind === 'model';
}

/** What was decided for things that differ, by `keyOf`; those that are not in it are kept. */
export type Decisions = ReadonlyMap<string, ConflictChoice>;

export const noDecisions: Decisions = new Map();

export function keyOf({ kind, id }: Pick<ImportItem, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Whether nobody has made anything in a workspace: it has the notebook that it begins with, and that is empty. */
export function isEmptyWorkspace({ notebooks, withoutTrash: _named, ...others }: PresentContents): boolean {
  return notebooks <= 1 && Object.values(others).every((count) => count === 0);
}

/**
 * What is chosen at first: what changes nothing that is here. An empty workspace is filled; a single notebook comes beside
 * the others, where nothing has to be decided on, and so does a backup: elsewhere it would have none of its values.
 */
export function recommendWay(present: PresentContents, summary: ImportSummary): ImportWay {
  if (isEmptyWorkspace(present)) return 'replace';
  if (summary.salvaged?.kind === 'backup') return 'merge';
  const notebooks = summary.items.filter(({ kind }) => kind === 'notebook');
  return notebooks.length === 1 && listConflicts(summary).length === 0 ? 'merge' : 'new';
}

/** What is here with other content than in the file. */
export function listConflicts({ items }: ImportSummary): readonly ImportItem[] {
  return items.filter(({ state }) => state === 'different');
}

/** What is here and goes, as that of the file was decided on. */
export function listTaken(conflicts: readonly ImportItem[], decisions: Decisions): readonly NamedThing[] {
  return conflicts
    .filter((item) => decisions.get(keyOf(item)) === 'take')
    .map(({ kind, title, hereTitle }) => ({ kind, title: hereTitle ?? title }));
}

export function countStates(items: readonly ImportItem[]): Readonly<Record<ImportItem['state'], number>> {
  const counts = { new: 0, same: 0, different: 0 };
  for (const { state } of items) counts[state] += 1;
  return counts;
}

/** Which of both was changed last; null where that is not known, or was at the same time. */
export function findNewer({ changedAt, hereChangedAt }: ImportItem): 'here' | 'file' | null {
  if (changedAt === null || hereChangedAt === null || changedAt === hereChangedAt) return null;
  return changedAt > hereChangedAt ? 'file' : 'here';
}

export function decide(decisions: Decisions, item: ImportItem, choice: ConflictChoice): Decisions {
  return new Map(decisions).set(keyOf(item), choice);
}

/** The same for all; what cannot be there twice stays as it was decided. */
export function decideAll(
  decisions: Decisions,
  conflicts: readonly ImportItem[],
  choice: ConflictChoice,
): Decisions {
  const changed = new Map(decisions);
  for (const item of conflicts) {
    if (choice !== 'both' || item.bothProblem === null) changed.set(keyOf(item), choice);
  }
  return changed;
}

/** What is asked of the import; what the way does not need stays out of it. */
export function createImportChoice(
  way: ImportWay,
  conflicts: readonly ImportItem[],
  decisions: Decisions,
  title: string,
): ImportChoice {
  return {
    way,
    conflicts:
      way === 'merge'
        ? conflicts.map((item) => ({
            kind: item.kind,
            id: item.id,
            choice: decisions.get(keyOf(item)) ?? 'keep',
          }))
        : [],
    title: title.trim(),
  };
}

import { keyOf } from './import-choices.ts';
import { nameImport } from './imported-file.ts';
import { countWords, importedKindNames, joinWords, toldKinds } from './import-words.ts';
import type { ImportChoice, ImportItem, ImportSummary } from './workspace-import.ts';

/** What a choice brings of a file, where nothing of what it was made by is different by then. */
export interface ImportOutcome {
  readonly added: readonly ImportItem[];
  /** That come in the place of what is here. */
  readonly replaced: readonly ImportItem[];
  /** That are here already, or were to be left as they are here. */
  readonly left: readonly ImportItem[];
}

export function findOutcome({ items }: ImportSummary, { way, conflicts }: ImportChoice): ImportOutcome {
  if (way !== 'merge') return { added: items, replaced: [], left: [] };
  const chosen = new Map(conflicts.map((conflict) => [keyOf(conflict), conflict.choice]));
  const added: ImportItem[] = [];
  const replaced: ImportItem[] = [];
  const left: ImportItem[] = [];
  for (const item of items) {
    const choice = item.state === 'different' ? (chosen.get(keyOf(item)) ?? 'keep') : null;
    if (item.state === 'new' || choice === 'both') added.push(item);
    else if (choice === 'take') replaced.push(item);
    else left.push(item);
  }
  return { added, replaced, left };
}

/** What an import would come to that changes nothing; null where it changes something. */
export function describeUnchanged({ added, replaced, left }: ImportOutcome, fileName: string): string | null {
  if (added.length + replaced.length > 0) return null;
  const file = nameImport({ name: fileName });
  if (left.length === 0) return `There is nothing in “${file}” that could be added. Nothing was changed.`;
  const kept = left.filter(({ state }) => state === 'different').length;
  if (kept === 0) return `Nothing in “${file}” is new: all of it is here already. Nothing was changed.`;
  const differs = `${countWords(kept, ['thing', 'things'])} that ${kept === 1 ? 'differs' : 'differ'}`;
  return `Nothing was taken from “${file}”: of ${differs}, yours ${kept === 1 ? 'was' : 'were'} kept${
    kept < left.length ? ', and the rest is here already' : ''
  }. Nothing was changed.`;
}

/** What an import came to, as sentences. `title` is that of the workspace that it went into. */
export function describeOutcome(
  way: ImportChoice['way'],
  { added, replaced, left }: ImportOutcome,
  { title, fileName }: { readonly title: string; readonly fileName: string },
): string {
  const [workspace, file] = [nameImport({ name: title }), nameImport({ name: fileName })];
  const what = added.length > 0 ? countKinds(added) : 'nothing';
  switch (way) {
    case 'new':
      return `“${file}” was imported as the workspace “${workspace}”, with ${what}.`;
    case 'replace':
      return `“${file}” was imported: this workspace is “${workspace}” now, with ${what}.`;
    case 'merge': {
      const rest = [
        ...(replaced.length > 0 ? [`${countKinds(replaced)} replaced`] : []),
        ...(left.length > 0 ? [`${countWords(left.length, ['thing', 'things'])} left as they are here`] : []),
      ];
      return `From “${file}” came into the workspace “${workspace}”: ${joinWords([`${what} added`, ...rest])}.`;
    }
  }
}

function countKinds(items: readonly ImportItem[]): string {
  return joinWords(
    toldKinds.flatMap((kind) => {
      const amount = items.filter((item) => item.kind === kind).length;
      return amount > 0 ? [countWords(amount, importedKindNames[kind])] : [];
    }),
  );
}

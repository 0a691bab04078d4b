import { countWords, importedKindNames, joinWords, toldKinds } from '../../model/import-words.ts';
import { nameImport } from '../../model/imported-file.ts';
import { hasTrash, type NamedThing, type PresentContents } from '../../model/import-choices.ts';
import type { ImportedKind, ImportItem, ImportSummary } from '../../model/workspace-import.ts';
import { workspaceParts, type PickedParts, type WorkspacePart } from '../../model/workspace-parts.ts';
import { formatCount } from '../../ui/format.ts';

const partNames: Readonly<Record<WorkspacePart, string>> = {
  data: 'data',
  models: 'models',
  results: 'results',
  history: 'history',
};

export function nameKind(kind: ImportedKind): string {
  return importedKindNames[kind][0];
}

const mostHosts = 10;

/** Hosts as one text, the first of them where there are many. */
export function joinHosts(hosts: readonly string[]): string {
  const first = hosts.slice(0, mostHosts).map((name) => nameImport({ name }));
  const rest = hosts.length - first.length;
  return joinWords(rest > 0 ? [...first, `${formatCount(rest)} more`] : first);
}

/** What is in a file: a line for each kind of which there is some. */
export function listContents({ items, counts }: ImportSummary): readonly string[] {
  return toldKinds.flatMap((kind) => {
    const amount = items.filter((item) => item.kind === kind).length;
    const name = countWords(amount, importedKindNames[kind]);
    if (kind === 'notebook') {
      const parts = [
        ['cell', 'cells', counts.cells],
        ['dataset', 'datasets', counts.datasets],
        ['result', 'results', counts.jobs],
        ['session', 'sessions', counts.sessions],
        ['checkpoint', 'checkpoints', counts.checkpoints],
      ] as const;
      const within = parts.flatMap(([one, many, part]) => (part > 0 ? [countWords(part, [one, many])] : []));
      return [within.length > 0 ? `${name} with ${joinWords(within)}` : name];
    }
    if (amount === 0) return [];
    return [kind === 'model' ? `${name} with ${countWords(counts.versions, ['version', 'versions'])}` : name];
  });
}

/** What its maker left out of a file; null where all went along. */
export function describeLeftOut(picked: PickedParts): string | null {
  const leftOut = workspaceParts.filter((part) => !picked[part]).map((part) => partNames[part]);
  return leftOut.length === 0 ? null : `Left out by whoever made the file: ${joinWords(leftOut)}.`;
}

/** What becomes of the things of a file beside what is here: "2 are new, 1 is here alike and 1 is here and differs". */
export function describeMerge(counts: Readonly<Record<ImportItem['state'], number>>): string {
  if (counts.new === 0 && counts.different === 0 && counts.same > 0) {
    return 'All of it is here already: nothing would be added.';
  }
  const is = (amount: number): string => `${formatCount(amount)} ${amount === 1 ? 'is' : 'are'}`;
  const parts = [
    ...(counts.new > 0 ? [`${is(counts.new)} new`] : []),
    ...(counts.same > 0 ? [`${is(counts.same)} here alike`] : []),
    ...(counts.different > 0
      ? [`${is(counts.different)} here and ${counts.different === 1 ? 'differs' : 'differ'}`]
      : []),
  ];
  return parts.length === 0
    ? 'Nothing in it would be added.'
    : `Of what is in the file, ${joinWords(parts)}.`;
}

/** What is in the workspace, as the object of a sentence: "3 notebooks, 20 cells, 2 models and 1 schedule". */
export function describePresent(present: PresentContents): string {
  const parts = [
    [present.notebooks, importedKindNames.notebook],
    [present.cells, ['cell', 'cells']],
    [present.files, ['file', 'files']],
    [present.models, importedKindNames.model],
    [present.modelGroups, importedKindNames['model-group']],
    [present.schemas, importedKindNames.schema],
    [present.productionLines, importedKindNames['production-line']],
    [present.schedules, importedKindNames.schedule],
    [present.profiles, ['other profile', 'other profiles']],
  ] as const;
  return joinWords(parts.flatMap(([amount, names]) => (amount > 0 ? [countWords(amount, names)] : [])));
}

const mostNames = 30;

/** Things by kind and name, as one text, the first of them where there are many: "data schema “Rows” and profile “ada”". */
export function joinThings(things: readonly NamedThing[]): string {
  const first = things
    .slice(0, mostNames)
    .map(({ kind, title }) => `${nameKind(kind)} “${nameImport({ name: title })}”`);
  const rest = things.length - first.length;
  return joinWords(rest > 0 ? [...first, `${formatCount(rest)} more`] : first);
}

/** What becomes of what is here and is taken the place of, as sentences; empty where nothing is. */
export function describeTaken(taken: readonly NamedThing[]): string {
  const lost = taken.filter(({ kind }) => !hasTrash(kind));
  const begin = 'What you take from the file comes in the place of yours';
  if (taken.length === 0) return '';
  if (lost.length === 0) return `${begin}, which goes to the trash and can be brought back for 30 days.`;
  const goes = `for good, without a way back: ${joinThings(lost)}.`;
  if (lost.length === taken.length) return `${begin}, which goes ${goes}`;
  return `${begin}. Notebooks and models of yours go to the trash and can be brought back for 30 days. Others go ${goes}`;
}

const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** When something was changed: "12 May 2026, 14:05"; in words where that is not known. */
export function describeMoment(time: number | null): string {
  return time === null ? 'at an unknown time' : momentFormat.format(time);
}

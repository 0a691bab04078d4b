import { hashText } from '../../model/hash-text.ts';
import type { Cell, Notebook } from '../../model/notebook.ts';

const longestName = 60;
/** Names that Windows keeps for devices, whatever their ending. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A name for a file or folder that every system takes: "Sales, März" becomes "sales-marz". */
export function createPlainName(title: string, standard: string): string {
  const letters = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = (letters.match(/[a-z0-9]+/g) ?? []).join('-').slice(0, longestName).replace(/-$/, '');
  if (name === '') return standard;
  return deviceName.test(name) ? `${name}-${standard}` : name;
}

/** A name for each of the notebooks, in their order, no two the same. */
export function nameFolders(notebooks: readonly Notebook[]): ReadonlyMap<Notebook, string> {
  const names = new Map<Notebook, string>();
  const taken = new Set<string>();
  for (const notebook of notebooks) {
    names.set(notebook, takeName(createPlainName(notebook.title, 'notebook'), taken));
  }
  return names;
}

/** The files of what is written in the cells of a notebook, in their order; no two the same. */
export function nameSources(cells: readonly Cell[]): ReadonlyMap<Cell, string> {
  const names = new Map<Cell, string>();
  const taken = new Set<string>();
  for (const cell of cells) {
    if (!('source' in cell) || !cell.source.isWellFormed()) continue;
    const name = takeName(createPlainName(cell.title, 'cell'), taken);
    names.set(cell, `${name}${sourceEndings[cell.kind]}`);
  }
  return names;
}

export const sourceEndings = {
  'data-generator': '.py',
  scriptlet: '.py',
  statement: '.py',
  note: '.md',
  chart: '.vl.json',
} as const;

/** The name of the file of one record, such as a session. */
export function nameRecord(id: string): string {
  return `${/^[a-z0-9-]{1,60}$/.test(id) ? id : hashText(id)}.json`;
}

function takeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}

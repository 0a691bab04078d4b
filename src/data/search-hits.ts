import type { CellKind } from './TableSource.ts';

/** A part of a text that is what was searched for. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a cell has what is searched for, in capitals or not. A number has it at its beginning, with its sign or without: of
 * digits somewhere in its midst nobody would see why they were found. For the same reason three digits and more are a year,
 * where they are looked for in dates.
 */
export function findHits(kind: CellKind, text: string, wanted: string): Hit[] {
  if (wanted === '' || kind === 'null') return [];
  const [folded, needle] = [text.toLowerCase(), wanted.toLowerCase()];
  // A few letters become longer: then places in the one are none in the other.
  if (folded.length !== text.length) return folded.includes(needle) ? [{ start: 0, end: text.length }] : [];
  if (kind === 'number') {
    const start = folded.startsWith(needle) ? 0 : folded.startsWith(`-${needle}`) ? 1 : -1;
    return start === -1 ? [] : [{ start, end: start + needle.length }];
  }
  if ((kind === 'date' || kind === 'datetime') && isYear(needle)) {
    return folded.startsWith(needle) ? [{ start: 0, end: needle.length }] : [];
  }
  const hits: Hit[] = [];
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + needle.length)) {
    hits.push({ start: at, end: at + needle.length });
  }
  return hits;
}

/** Whether what is searched for can be nothing of a date but its year, or the beginning of that. */
export function isYear(wanted: string): boolean {
  return /^\d{3,}$/.test(wanted);
}

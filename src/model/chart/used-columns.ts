import { toField } from './field-names.ts';

/**
 * The columns that a specification may read, by their index: each whose name stands in it somewhere. It may name more than it
 * reads, and never reads one that it does not name.
 */
export function listUsedColumns(specification: unknown, names: readonly string[]): number[] {
  const texts = new Set<string>();
  collectTexts(specification, texts);
  const expressions = [...texts].filter((text) => text.includes('datum') || text.includes('data('));
  return names.flatMap((name, index) => {
    const isNamed = texts.has(name) || texts.has(toField(name));
    return isNamed || expressions.some((text) => text.includes(name)) ? [index] : [];
  });
}

function collectTexts(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (Array.isArray(value)) for (const each of value) collectTexts(each, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      // The own rows of a specification are no part of what it says of the dataset's.
      if (name !== 'values' && name !== 'datasets') collectTexts(each, found);
    }
  }
}

import type { Notebook } from '../model/notebook.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

/** The notebooks that were asked for, by title or number from 1, in the order of the workspace; all where none was. */
export function chooseNotebooks<Known extends Pick<Notebook, 'title'>>(
  notebooks: readonly Known[],
  wanted: readonly string[],
): Result<readonly Known[], string> {
  if (notebooks.length === 0) return fail('There is no notebook in it.');
  if (wanted.length === 0) return succeed(notebooks);
  const chosen = new Set<Known>();
  for (const name of wanted) {
    const found = findNotebook(notebooks, name);
    if (!found.isOk) return found;
    chosen.add(found.value);
  }
  return succeed(notebooks.filter((notebook) => chosen.has(notebook)));
}

function findNotebook<Known extends Pick<Notebook, 'title'>>(
  notebooks: readonly Known[],
  name: string,
): Result<Known, string> {
  const titled = notebooks.filter(({ title }) => title === name);
  const [first] = titled;
  if (first && titled.length > 1) {
    const numbers = titled.map((notebook) => notebooks.indexOf(notebook) + 1).join(', ');
    return fail(`${titled.length} notebooks are called “${name}”. Give a number of these: ${numbers}.`);
  }
  const numbered = /^\d+$/.test(name) ? notebooks[Number(name) - 1] : undefined;
  const found = first ?? numbered;
  if (found) return succeed(found);
  const list = notebooks.map(({ title }, index) => `${index + 1} “${title}”`).join(', ');
  return fail(`There is no notebook “${name}” in it. There are: ${list}.`);
}

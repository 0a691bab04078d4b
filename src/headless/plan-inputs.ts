import type { Edit } from '../model/edits.ts';
import type { NotebookId } from '../model/ids.ts';
import { getHandleKind, type InputHandle, type InputValue } from '../model/handles.ts';
import type { Notebook } from '../model/notebook.ts';
import type { ScriptletCell } from '../model/scriptlet.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { GivenInput } from './parse-arguments.ts';

/** An edit of a notebook. */
export interface PlannedInput {
  readonly notebookId: NotebookId;
  readonly edit: Edit;
}

interface Place {
  readonly notebook: Notebook;
  readonly cell: ScriptletCell;
  readonly input: InputHandle;
}

/** What to set where, for the values that were given. The problem names the one that has no place, or several. */
export function planInputs(
  notebooks: readonly Notebook[],
  given: readonly GivenInput[],
): Result<readonly PlannedInput[], string> {
  const places = notebooks.flatMap((notebook) =>
    notebook.cells.flatMap((cell) =>
      cell.kind === 'scriptlet' ? cell.inputs.map((input) => ({ notebook, cell, input })) : [],
    ),
  );
  const planned: PlannedInput[] = [];
  for (const { name, json } of given) {
    const place = findPlace(places, name);
    if (!place.isOk) return place;
    const { notebook, cell, input } = place.value;
    const isConnected = notebook.connections.some(
      ({ to }) => to.cellId === cell.id && to.handle === input.name,
    );
    if (isConnected) {
      return fail(`--input ${name}: the input is connected, and takes the value of the connection.`);
    }
    const value = toValue(input, json);
    if (!value.isOk) return fail(`--input ${name}: ${value.problem}`);
    const edit: Edit = { type: 'set-input-value', cellId: cell.id, handle: input.name, value: value.value };
    planned.push({ notebookId: notebook.id, edit });
  }
  return succeed(planned);
}

function findPlace(places: readonly Place[], name: string): Result<Place, string> {
  const exact = places.filter(({ cell, input }) => `${cell.title}.${input.name}` === name);
  const found = exact.length > 0 ? exact : places.filter(({ input }) => input.name === name);
  const [first] = found;
  const list = (listed: readonly Place[]): string =>
    listed.map(({ cell, input }) => `“${cell.title}.${input.name}”`).join(', ');
  if (!first) {
    const known = places.length > 0 ? `There are: ${list(places)}.` : 'No scriptlet has any.';
    return fail(`--input ${name}: there is no such input. ${known}`);
  }
  if (found.length > 1) return fail(`--input ${name}: this could be ${list(found)}. Name cell and handle.`);
  return succeed(first);
}

function toValue(input: InputHandle, json: string): Result<InputValue, string> {
  if (getHandleKind(input) !== 'secret') return succeed({ kind: 'json', text: json });
  const text: unknown = JSON.parse(json);
  return typeof text === 'string'
    ? succeed({ kind: 'secret', text })
    : fail('a secret is a text, in quotes.');
}

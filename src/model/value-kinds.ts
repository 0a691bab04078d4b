import { getHandleKind, takesDataset, type Handle } from './handles.ts';
import { nameType } from './type-names.ts';

/** How a value comes that is no JSON. */
export type ForeignKind = 'dataset' | 'variable' | 'binary' | 'secret';

type Taker = Pick<Handle, 'schema'>;

/** Whether an input takes a value of a kind. Of what type an object is only Python knows: JSON inputs take it as it is. */
export function takesKind(kind: ForeignKind, input: Taker): boolean {
  const wanted = getHandleKind(input);
  // What takes a DataFrame takes any object.
  return takesDataset(input) || kind === wanted || (kind === 'variable' && wanted === 'json');
}

const kindNames: Readonly<Record<ForeignKind, string>> = {
  dataset: 'a dataset',
  variable: 'a Python object',
  binary: 'bytes',
  secret: 'a secret',
};

/** The types of inputs that take a kind, as the configuration of a cell calls them. */
const takers: Readonly<Record<ForeignKind, string>> = {
  dataset: 'Python object or Anything',
  variable: 'Python object, Anything or JSON',
  binary: 'Bytes or Anything',
  secret: 'Secret, Text or Anything',
};

/**
 * That an input does not take a value of a kind, after the words for the value, as a part of a sentence with its end,
 * and which inputs do.
 */
export function describeWrongKind(kind: ForeignKind, input: Taker): string {
  const wanted = nameWanted(kind, input);
  return `is ${kindNames[kind]}, but should be ${wanted}. An input of the type ${takers[kind]} takes it.`;
}

function nameWanted(kind: ForeignKind, input: Taker): string {
  const wantedKind = getHandleKind(input);
  if (wantedKind !== 'json') return kindNames[wantedKind];
  const written = input.schema['type'];
  const types = (Array.isArray(written) ? written : [written]).filter((type) => typeof type === 'string');
  // A secret is text: more was said of it than its type.
  const isSaid = types.length > 0 && !(kind === 'secret' && types.includes('string'));
  return isSaid ? types.map(nameType).join(' or ') : 'as its JSON Schema says';
}

import { getHandleKind, takesDataset, type Handle, type HandleKind } from './handles.ts';
import { nameType } from './type-names.ts';

/** How a value comes. */
export type ValueKind = 'dataset' | HandleKind;

type Taker = Pick<Handle, 'schema'>;

/**
 * Whether an input takes a value of a kind. Of what type an object is only Python knows: JSON inputs take it as it is. JSON
 * that one takes may be other JSON than its schema asks for.
 */
export function takesKind(kind: ValueKind, input: Taker): boolean {
  const wanted = getHandleKind(input);
  // What takes a DataFrame takes any object.
  if (takesDataset(input) || kind === wanted) return true;
  // A secret may have been put out as JSON.
  return (kind === 'variable' && wanted === 'json') || (kind === 'json' && wanted === 'secret');
}

const kindNames: Readonly<Record<ValueKind, string>> = {
  dataset: 'a dataset',
  json: 'JSON',
  variable: 'a Python object',
  binary: 'bytes',
  secret: 'a secret',
};

/** The types of inputs that take a kind, as the configuration of a cell calls them. */
const takers: Readonly<Record<ValueKind, string>> = {
  dataset: 'Python object or Anything',
  json: 'JSON, Python object or Anything',
  variable: 'Python object, Anything or JSON',
  binary: 'Bytes or Anything',
  secret: 'Secret, Text or Anything',
};

/**
 * That an input does not take a value of a kind, after the words for the value, as a part of a sentence with its end,
 * and which inputs do.
 */
export function describeWrongKind(kind: ValueKind, input: Taker): string {
  const wanted = nameWanted(kind, input);
  return `is ${kindNames[kind]}, but should be ${wanted}. An input of the type ${takers[kind]} takes it.`;
}

function nameWanted(kind: ValueKind, input: Taker): string {
  const wantedKind = getHandleKind(input);
  if (wantedKind !== 'json') return kindNames[wantedKind];
  const written = input.schema['type'];
  const types = (Array.isArray(written) ? written : [written]).filter((type) => typeof type === 'string');
  // A secret is text: more was said of it than its type.
  const isSaid = types.length > 0 && !(kind === 'secret' && types.includes('string'));
  return isSaid ? types.map(nameType).join(' or ') : 'as its JSON Schema says';
}

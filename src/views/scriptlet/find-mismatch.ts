import { getHandleKind, type InputHandle, type OutputHandle } from '../../model/handles.ts';
import { nameType } from '../../model/type-names.ts';
import { getOnlyType } from './choose-widget.ts';

/**
 * Why an input could not take what an output is declared as; null where it could, or where one of both does not say
 * its type. What is put out in the end may be something else than declared, so this stops nobody.
 */
export function findMismatch(output: OutputHandle, input: InputHandle): string | null {
  // Objects, bytes, files and secrets are passed in ways of their own.
  if (getHandleKind(output) !== 'json' || getHandleKind(input) !== 'json') return null;
  const given = getOnlyType(output.schema);
  const wanted = getOnlyType(input.schema);
  if (typeof given !== 'string' || typeof wanted !== 'string') return null;
  if (given === wanted || (given === 'integer' && wanted === 'number')) return null;
  return `This takes ${nameType(wanted)}, and “${output.name}” is declared as ${nameType(given)}.`;
}

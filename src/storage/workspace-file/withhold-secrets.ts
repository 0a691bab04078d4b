import { getHandleKind, handleMediaTypes, type InputHandle, type JsonValue } from '../../model/handles.ts';
import { isDone, type Job } from '../../model/job.ts';
import type { Cell } from '../../model/notebook.ts';

/** A cell without the secrets that its inputs were given. */
export function withholdFromCell(cell: Cell): Cell {
  switch (cell.kind) {
    case 'scriptlet':
      return { ...cell, inputs: cell.inputs.map(withholdFromInput) };
    case 'statement':
    case 'chart':
      return { ...cell, inputs: [withholdFromInput(cell.inputs[0])] };
    case 'data-generator':
    case 'dataset':
    case 'note':
      return cell;
  }
}

/** A job without the secrets that it put out: who would take one is told that there is none. */
export function withholdFromJob(job: Job): Job {
  const { setup } = job;
  const safe: Job =
    setup.kind === 'scriptlet'
      ? { ...job, setup: { ...setup, inputs: setup.inputs.map(withholdFromInput) } }
      : job;
  if (!isDone(safe)) return safe;
  const outputs = safe.outcome.outputs.filter(({ kind }) => kind !== 'secret');
  return { ...safe, outcome: { ...safe.outcome, outputs } };
}

/** Whether a value is secret says its kind or the schema: within JSON that holds one, all of it stays here. */
function withholdFromInput(input: InputHandle): InputHandle {
  const isDeclared = getHandleKind(input) === 'secret' || mentionsSecret(input.schema);
  if (!isDeclared && input.value?.kind !== 'secret') return input;
  return { ...input, value: null, defaultValue: isDeclared ? null : input.defaultValue };
}

function mentionsSecret(schema: JsonValue): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const isSecret = 'contentMediaType' in schema && schema.contentMediaType === handleMediaTypes.secret;
  return isSecret || Object.values(schema).some(mentionsSecret);
}

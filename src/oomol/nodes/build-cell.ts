import type { InputHandle, OutputHandle } from '../../model/handles.ts';
import { CellId } from '../../model/ids.ts';
import { createFreeTitle, timeoutLimits } from '../../model/notebook.ts';
import type { ScriptletCell } from '../../model/scriptlet.ts';
import { buildTaskInputs, buildValueInputs, type NodePlace } from '../handles/build-inputs.ts';
import { declareInputs, declareOutputs } from '../handles/define-handles.ts';
import type { FlowNode } from '../manifests/parse-manifest.ts';
import { getName } from '../paths.ts';
import { toText } from '../yaml/yaml-value.ts';
import { YamlNumber } from '../yaml/YamlNumber.ts';
import type { ResolvedNode, TaskNode, ValueNode } from './resolve-node.ts';

/** Hands on what its inputs are set to. */
const valueSource = 'def main(params):\n    return params\n';

/** The cell of a node. `script` is what a task runs; `titles` are those that other cells have. */
export function buildCell(
  resolved: ResolvedNode,
  script: string,
  titles: readonly string[],
  place: NodePlace,
): ScriptletCell {
  const isTask = resolved.kind === 'task';
  const { node } = resolved;
  if (node.inject !== undefined && node.inject !== null) noteInjection(place);
  const manifest = isTask ? resolved.manifest : null;
  const title = toText(node.title)?.trim() ?? '';
  const taskTitle = place.translate(toText(manifest?.title)?.trim() ?? '');
  const description = toText(node.description) ?? toText(manifest?.description) ?? '';
  return {
    kind: 'scriptlet',
    id: CellId.create(),
    title: createFreeTitle(place.translate(title) || taskTitle || node.node_id || 'Scriptlet', titles),
    description: place.translate(description),
    source: isTask ? script : valueSource,
    ...(isTask ? buildTaskHandles(resolved, place) : buildValueHandles(resolved, place)),
    configuration: { timeoutSeconds: readTimeout(resolved, place) },
    flowNode: { nodeId: node.node_id, task: nameTask(node) },
  };
}

/** The task of a node as scripts name it: "package::name", with "self" for the package of the flow. */
export function nameTask({ task }: FlowNode): string | null {
  if (typeof task !== 'string') return null;
  return task.includes('::') ? task : `self::${getName(task)}`;
}

interface Handles {
  readonly inputs: readonly InputHandle[];
  readonly outputs: readonly OutputHandle[];
}

function buildTaskHandles({ node, manifest }: TaskNode, place: NodePlace): Handles {
  const inputs = declareInputs(manifest.inputs_def, node.inputs_def, manifest.additional_inputs);
  const outputs = declareOutputs(
    manifest.outputs_def,
    node.outputs_def,
    manifest.additional_outputs,
    place.translate,
  );
  for (const [kind, refused] of [
    ['input', inputs.refused],
    ['output', outputs.refused],
  ] as const) {
    for (const name of refused) {
      place.notes.add({
        nodeId: place.nodeId,
        file: place.file,
        what: `The ${kind} "${name}" that the node adds was left out: its task has no additional_${kind}s.`,
        remedy: `Add the ${kind} "${name}" to the cell if its script uses it.`,
      });
    }
  }
  return { inputs: buildTaskInputs(inputs.handles, node.inputs_from ?? [], place), outputs: outputs.handles };
}

function buildValueHandles({ node }: ValueNode, place: NodePlace): Handles {
  const { handles } = declareInputs(node.values, null, null);
  const inputs = buildValueInputs(handles, place);
  const outputs = inputs.map(({ name, description, schema, isNullable, isAdditional }) => ({
    name,
    description,
    schema,
    isNullable,
    isAdditional,
  }));
  return { inputs, outputs };
}

function noteInjection({ nodeId, file, notes }: NodePlace): void {
  notes.add({
    nodeId,
    file,
    what: 'Its script ran among the files and packages of another OOMOL package (inject), which it does not here.',
    remedy: 'Add what it imports under “Packages” and to the files of the notebook.',
  });
}

function readTimeout({ node }: ResolvedNode, { nodeId, file, notes }: NodePlace): number {
  const { standard, minimum, maximum } = timeoutLimits;
  const given = node.timeout ?? node.timeout_seconds;
  if (given === null || given === undefined) return standard;
  const seconds = given instanceof YamlNumber ? Number(given.text) : NaN;
  if (Number.isInteger(seconds) && seconds >= minimum && seconds <= maximum) return seconds;
  notes.add({
    nodeId,
    file,
    what: `Its timeout is not a whole number of seconds from ${minimum} to ${maximum}, so that it is ${standard} s.`,
    remedy: 'Set the timeout in the configuration of the cell.',
  });
  return standard;
}

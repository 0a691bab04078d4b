import type { ImportNotes } from '../ImportNotes.ts';
import type { FlowNode } from '../manifests/parse-manifest.ts';
import type { FileMap } from '../manifests/read-manifest.ts';
import { TaskFinder } from '../sources/TaskFinder.ts';
import { type LeftOut, type ResolvedNode, resolveNode } from './resolve-node.ts';

/** The nodes without those whose id an earlier one has. */
export function dropRepeated(
  nodes: readonly FlowNode[],
  flowPath: string,
  notes: ImportNotes,
): readonly FlowNode[] {
  const known = new Set<string>();
  return nodes.filter(({ node_id: nodeId }) => {
    if (known.has(nodeId)) {
      notes.add({
        nodeId,
        file: flowPath,
        what: `Another node has the id "${nodeId}" already, so that the later one was left out.`,
        remedy: 'Give it an id of its own in the flow, and import that again.',
      });
      return false;
    }
    known.add(nodeId);
    return true;
  });
}

/** The nodes that become cells; a note tells of each that does not, with the nodes that it touches. */
export function resolveNodes(
  files: FileMap,
  flowPath: string,
  nodes: readonly FlowNode[],
  notes: ImportNotes,
): readonly ResolvedNode[] {
  const finder = new TaskFinder(files, flowPath);
  return nodes.flatMap((node) => {
    const resolved = resolveNode(files, flowPath, node, finder);
    if (resolved.isOk) return [resolved.value];
    noteLeftOut(node, nodes, resolved.problem, notes);
    return [];
  });
}

function noteLeftOut(node: FlowNode, nodes: readonly FlowNode[], problem: LeftOut, notes: ImportNotes): void {
  const feeding = listSources(node);
  const fed = nodes
    .filter((other) => listSources(other).includes(node.node_id))
    .map((other) => other.node_id);
  const touched = [...new Set([...feeding, ...fed])].filter((nodeId) => nodeId !== node.node_id);
  const reach =
    touched.length === 0 ? '' : ` It touches ${touched.map((nodeId) => `"${nodeId}"`).join(', ')}.`;
  notes.add({
    nodeId: node.node_id,
    file: problem.file,
    what: `The node was left out. ${problem.what}${reach}`,
    remedy: problem.remedy,
  });
}

function listSources(node: FlowNode): readonly string[] {
  return (node.inputs_from ?? []).flatMap(({ from_node }) => (from_node ?? []).map((from) => from.node_id));
}

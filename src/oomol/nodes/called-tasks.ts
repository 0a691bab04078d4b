import type { ImportNotes } from '../ImportNotes.ts';
import type { FileMap } from '../manifests/read-manifest.ts';
import { getName } from '../paths.ts';
import { decodeSource } from '../sources/python-text.ts';
import { TaskFinder } from '../sources/TaskFinder.ts';
import { toText } from '../yaml/yaml-value.ts';
import { nameTask } from './build-cell.ts';
import { type ResolvedNode, resolveNode } from './resolve-node.ts';

/** `context.run_block("self::count")` and the like, as far as the name stands there. */
const calls = /^[^#\n]*\.(?:run_block|query_block)\(\s*(?:block\s*=\s*)?(["'])([^"'\\\n]+)\1/gm;

/** More than that are no calls that a person wrote. */
const mostCalled = 100;

/**
 * The tasks that scripts run or ask about by name though no node has them. In a notebook they are cells, as scripts know
 * the cells of their notebook only; a note tells of each, and of each that cannot be one.
 */
export function resolveCalled(
  files: FileMap,
  flowPath: string,
  resolved: readonly ResolvedNode[],
  notes: ImportNotes,
): readonly ResolvedNode[] {
  const finder = new TaskFinder(files, flowPath);
  const known = new Set(resolved.flatMap(({ node }) => [...listNames(node)]));
  const nodeIds = new Set(resolved.map(({ node }) => node.node_id));
  const called: ResolvedNode[] = [];
  const callers = [...resolved];
  for (const caller of callers) {
    for (const task of findCalls(files, caller)) {
      const name = withoutSelf(task);
      if (known.has(name) || called.length === mostCalled) continue;
      known.add(name);
      const place = { nodeId: caller.node.node_id, file: flowPath };
      const nodeId = createFreeId(getName(name.replaceAll('::', '/')), nodeIds);
      const found = resolveNode(files, flowPath, { node_id: nodeId, task }, finder);
      if (!found.isOk) {
        const why = isSubflow(files, name)
          ? 'That is a subflow, which is not supported.'
          : found.problem.what;
        notes.add({
          ...place,
          what: `Its script calls "${task}", which is no cell here. ${why}`,
          remedy: found.problem.remedy,
        });
        continue;
      }
      nodeIds.add(nodeId);
      called.push(found.value);
      callers.push(found.value);
      notes.add({
        ...place,
        what: `Its script calls the task "${task}", which no node of the flow has: it was added as the cell "${nodeId}", which “Run all” runs as well.`,
        remedy: 'Run the other cells one by one where it must not run by itself.',
      });
    }
  }
  return called;
}

function findCalls(files: FileMap, resolved: ResolvedNode): readonly string[] {
  if (resolved.kind === 'value') return [];
  const { script } = resolved;
  const bytes = script.kind === 'entry' ? files.get(script.path) : undefined;
  const text = script.kind === 'source' ? script.text : bytes ? decodeSource(bytes) : null;
  return [...(text ?? '').matchAll(calls)].map(([, , name = '']) => name);
}

/** What scripts can call the cell of a node. */
function listNames(node: ResolvedNode['node']): readonly string[] {
  const names = [nameTask(node), node.node_id, toText(node.title)];
  return names.flatMap((name) => (name === null ? [] : [withoutSelf(name)]));
}

function withoutSelf(name: string): string {
  return name.replace(/^self::/, '');
}

function createFreeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted} ${number}`;
  return id;
}

function isSubflow(files: FileMap, name: string): boolean {
  const end = `${getName(name.replaceAll('::', '/'))}/subflow.oo`;
  return [...files.keys()].some((path) => path.endsWith(`${end}.yaml`) || path.endsWith(`${end}.yml`));
}

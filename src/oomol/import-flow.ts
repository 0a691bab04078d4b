import type { Connection } from '../model/handles.ts';
import type { ScriptletCell } from '../model/scriptlet.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { type ImportNote, ImportNotes } from './ImportNotes.ts';
import { PackageTexts } from './PackageTexts.ts';
import { flowManifest, type FlowNode } from './manifests/parse-manifest.ts';
import { type FileMap, readManifest } from './manifests/read-manifest.ts';
import { buildCell } from './nodes/build-cell.ts';
import { resolveCalled } from './nodes/called-tasks.ts';
import { connectCells, orderCells } from './nodes/connect-cells.ts';
import type { ResolvedNode } from './nodes/resolve-node.ts';
import { dropRepeated, resolveNodes } from './nodes/resolve-nodes.ts';
import { getFolder, getName } from './paths.ts';
import { collectRequirements } from './requirements/collect-requirements.ts';
import type { TaskUse } from './sources/entry-unit.ts';
import type { ImportedFile } from './sources/NotebookFiles.ts';
import { findPackageRoot } from './sources/packages.ts';
import { ProjectFiles } from './sources/ProjectFiles.ts';
import { placeSources, writeScript } from './sources/place-sources.ts';
import { toText } from './yaml/yaml-value.ts';

/** What a notebook is made of that does what a flow did. */
export interface ImportedFlow {
  readonly title: string;
  readonly description: string;
  /** Each below those that feed it; no two have the same title. */
  readonly cells: readonly ScriptletCell[];
  readonly connections: readonly Connection[];
  /** To be kept with the notebook. */
  readonly files: readonly ImportedFile[];
  /** One a line. */
  readonly requirements: string;
  /** What was not taken over as it was, in the order of the nodes, what is about the whole flow last. */
  readonly notes: readonly ImportNote[];
}

/** A person could not use a notebook with more. */
const mostNodes = 1_000;

/**
 * Makes a notebook of an OOMOL flow. The files are all that lie with it: its package, and packages beside that one. The
 * problem is a sentence that names the file and the place.
 */
export function importFlow(files: FileMap, flowPath: string): Result<ImportedFlow, string> {
  const read = readManifest(files, flowPath, flowManifest);
  if (!read.isOk) return read;
  const flow = read.value;
  const all = flow.nodes ?? [];
  if (all.length > mostNodes) return fail(`${flowPath} has more than ${mostNodes} nodes.`);
  const notes = new ImportNotes();
  const nodes = dropRepeated(all, flowPath, notes);
  const ofNodes = resolveNodes(files, flowPath, nodes, notes);
  const resolved = [...ofNodes, ...resolveCalled(files, flowPath, ofNodes, notes)];
  const placed = placeSources(files, listUses(resolved), listInlineScripts(resolved), notes);
  const cells = new Map<string, ScriptletCell>();
  const texts = new PackageTexts(files);
  const root = findPackageRoot(files, getFolder(flowPath));
  const translate = texts.read(root);
  const projectFiles = new ProjectFiles(files, root, placed.files);
  for (const one of resolved) {
    const nodeId = one.node.node_id;
    const own = one.kind === 'task' ? texts.read(one.packageRoot) : translate;
    const place = { nodeId, file: flowPath, notes, projectFiles, translate: own };
    const titles = [...cells.values()].map(({ title }) => title);
    cells.set(nodeId, buildCell(one, getScript(one, placed.scripts), titles, place));
  }
  const connections = connectCells(nodes, cells, flowPath, notes);
  const roots = resolved.flatMap((one) => (one.kind === 'task' ? [one.packageRoot] : []));
  return succeed({
    title: getFlowTitle(flowPath, translate(toText(flow.title) ?? toText(flow.name) ?? '')),
    description: translate(toText(flow.description) ?? ''),
    cells: orderCells([...cells.values()], connections),
    connections,
    files: projectFiles.list(),
    requirements: collectRequirements(files, roots, notes),
    notes: orderNotes(notes.list(), nodes),
  });
}

/** The title that a flow has or, without one, its folder. */
export function getFlowTitle(flowPath: string, written: string | null): string {
  const titles = [written?.trim() ?? '', getName(getFolder(flowPath)), 'Imported flow'];
  return titles.find((title) => title !== '') ?? '';
}

function orderNotes(notes: readonly ImportNote[], nodes: readonly FlowNode[]): readonly ImportNote[] {
  const places = new Map(nodes.map(({ node_id: nodeId }, index) => [nodeId, index]));
  const getPlace = ({ nodeId }: ImportNote): number => places.get(nodeId ?? '') ?? nodes.length;
  return [...notes].sort((one, other) => getPlace(one) - getPlace(other));
}

function listUses(resolved: readonly ResolvedNode[]): readonly TaskUse[] {
  return resolved.flatMap((one) => {
    if (one.kind !== 'task' || one.script.kind !== 'entry') return [];
    const { manifestPath, functionName, packageRoot } = one;
    return [
      { nodeId: one.node.node_id, manifestPath, entryPath: one.script.path, functionName, packageRoot },
    ];
  });
}

function listInlineScripts(resolved: readonly ResolvedNode[]): readonly string[] {
  return resolved.flatMap((one) =>
    one.kind === 'task' && one.script.kind === 'source' ? [one.script.text] : [],
  );
}

function getScript(resolved: ResolvedNode, scripts: ReadonlyMap<string, string>): string {
  if (resolved.kind === 'value') return '';
  if (resolved.script.kind === 'entry') return scripts.get(resolved.node.node_id) ?? '';
  return writeScript(resolved.script.text, resolved.functionName, null);
}

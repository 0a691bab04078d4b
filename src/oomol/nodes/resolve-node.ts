import { fail, succeed, type Result } from '../../shared/result.ts';
import { type FlowNode, taskManifest, type TaskManifest } from '../manifests/parse-manifest.ts';
import { type FileMap, readManifest } from '../manifests/read-manifest.ts';
import { getFolder, joinPath } from '../paths.ts';
import { findPackageRoot } from '../sources/packages.ts';
import { isIdentifier } from '../sources/python-text.ts';
import type { TaskFinder } from '../sources/TaskFinder.ts';
import { toText } from '../yaml/yaml-value.ts';

/** A node that becomes a cell. */
export type ResolvedNode = TaskNode | ValueNode;

export interface TaskNode {
  readonly kind: 'task';
  readonly node: FlowNode;
  readonly manifest: TaskManifest;
  /** The flow's own path where the task is inline. */
  readonly manifestPath: string;
  readonly packageRoot: string;
  readonly script: TaskScript;
  readonly functionName: string;
}

export type TaskScript =
  { readonly kind: 'source'; readonly text: string } | { readonly kind: 'entry'; readonly path: string };

export interface ValueNode {
  readonly kind: 'value';
  readonly node: FlowNode;
}

/** Why a node does not become a cell. */
export interface LeftOut {
  /** The file that says so. */
  readonly file: string;
  readonly what: string;
  readonly remedy: string;
}

const ownCell = 'Write a Scriptlet that does the same, and connect it.';

/** Finds what a node runs. The problem says why it cannot be a cell. */
export function resolveNode(
  files: FileMap,
  flowPath: string,
  node: FlowNode,
  finder: TaskFinder,
): Result<ResolvedNode, LeftOut> {
  const refuse = (what: string, remedy: string) => fail({ file: flowPath, what, remedy });
  if (node.ignore === true) {
    return refuse('It is switched off in the flow.', 'Switch it on in the flow, and import that again.');
  }
  if (typeof node.task === 'string') return resolveNamed(files, flowPath, node, node.task, finder);
  if (node.task) return resolveTask(files, node, node.task, flowPath);
  if (node.values) return succeed({ kind: 'value', node });
  const unsupported = (['subflow', 'service', 'slot', 'conditions'] as const).find((kind) => kind in node);
  if (unsupported === undefined) {
    return refuse(`It is of no known kind: it has ${Object.keys(node).join(', ')}.`, ownCell);
  }
  const named = toText(node[unsupported]);
  const noun = unsupported === 'conditions' ? 'Conditions are' : `A ${unsupported} is`;
  return refuse(`${noun} not supported${named === null ? '' : ` (${named})`}.`, ownCell);
}

function resolveNamed(
  files: FileMap,
  flowPath: string,
  node: FlowNode,
  named: string,
  finder: TaskFinder,
): Result<ResolvedNode, LeftOut> {
  const path = finder.find(named);
  if (path === null) {
    const packageName = /^([^:]+)::/.exec(named)?.[1] ?? 'self';
    const missing = packageName === 'self' ? `of the task "${named}"` : `of the package "${packageName}"`;
    return fail({
      file: flowPath,
      what: `Its task "${named}" is not among the files.`,
      remedy: `Put the folder ${missing} beside those of the flow, and import it again.`,
    });
  }
  const manifest = readManifest(files, path, taskManifest);
  if (manifest.isOk) return resolveTask(files, node, manifest.value, path);
  return fail({
    file: path,
    what: `Its task cannot be read: ${manifest.problem}`,
    remedy: 'Put the file right, and import the flow again.',
  });
}

function resolveTask(
  files: FileMap,
  node: FlowNode,
  manifest: TaskManifest,
  manifestPath: string,
): Result<ResolvedNode, LeftOut> {
  const refuse = (what: string, remedy: string) => fail({ file: manifestPath, what, remedy });
  const executor = manifest.executor;
  if (!executor) return refuse('Its task names no executor.', ownCell);
  if (executor.name !== 'python') {
    return refuse(`Its task runs with ${executor.name}, and only Python runs here.`, ownCell);
  }
  const options = executor.options;
  const functionName = options?.function ?? 'main';
  if (!isIdentifier(functionName)) {
    return refuse(
      `Its function "${functionName}" is no name of Python.`,
      'Put the name right, and import the flow again.',
    );
  }
  const folder = getFolder(manifestPath);
  const shared = { kind: 'task', node, manifest, manifestPath, functionName } as const;
  const packageRoot = findPackageRoot(files, folder);
  if (options?.source !== null && options?.source !== undefined) {
    return succeed({ ...shared, packageRoot, script: { kind: 'source', text: options.source } });
  }
  // OOCANA takes this name where none is given.
  const entry = options?.entry ?? 'index.py';
  const path = joinPath(folder, entry);
  if (path === null || path === '') {
    return refuse(
      `Its script ${entry} lies outside of what was imported.`,
      'Import the folder that holds both.',
    );
  }
  return succeed({ ...shared, packageRoot, script: { kind: 'entry', path } });
}

import { describeForScripts } from './blocks.ts';
import { hashText } from './hash-text.ts';
import type { Notebook } from './notebook.ts';
import { getNodeId, type ScriptletCell } from './scriptlet.ts';

/** What a job saw where it asked about a scriptlet; the hash is equal where that was. */
export interface SeenBlock {
  /** What it asked for it by. */
  readonly name: string;
  readonly hash: string;
}

/** What a job would see that asks about a scriptlet by a name, be there one, none or several. */
export function describeSeenBlock(name: string, notebook: Notebook): SeenBlock {
  const found = findBlocks(name, notebook).map(describeForScripts);
  return { name, hash: hashText(JSON.stringify(found)) };
}

/** Whether a job would see something else now. */
export function hasSeenBlockChanged({ name, hash }: SeenBlock, notebook: Notebook): boolean {
  return describeSeenBlock(name, notebook).hash !== hash;
}

const own = 'self::';

/**
 * The scriptlets that scripts mean by a name, as `Blocks` of Python finds them: the first of a task, else by the id or the
 * title of the cell.
 */
function findBlocks(name: string, { cells }: Notebook): ScriptletCell[] {
  const wanted = withoutOwn(name);
  const scriptlets = cells.filter((cell) => cell.kind === 'scriptlet');
  const ofTask = scriptlets.find(({ flowNode }) => flowNode?.task && withoutOwn(flowNode.task) === wanted);
  if (ofTask) return [ofTask];
  const byId = scriptlets.filter((cell) => getNodeId(cell) === wanted);
  return byId.length > 0 ? byId : scriptlets.filter(({ title }) => title === wanted);
}

function withoutOwn(name: string): string {
  return name.startsWith(own) ? name.slice(own.length) : name;
}

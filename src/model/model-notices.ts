import { nameCells, type GroupUse, type ModelUse } from './model-uses.ts';

// What notices say of changes to models: which cells went along, which do not, and what is to be done there.

/** @param uses the cells that loaded or saved it under the name before */
export function describeModelRename(before: string, after: string, uses: readonly ModelUse[]): string {
  const named = uses.filter(({ reasons }) => reasons.some(({ type }) => type !== 'load-group'));
  return describeRename(`The model “${before}”`, { before, after }, named, uses);
}

/** @param uses the cells that loaded or saved it under the name before */
export function describeGroupRename(before: string, after: string, uses: readonly GroupUse[]): string {
  return describeRename(`The model group “${before}”`, { before, after }, uses, uses);
}

/** Says also which cells fail until it is back, and which run without it. */
export function describeModelLoss(
  name: string,
  uses: readonly ModelUse[],
  { isLastVersion }: { readonly isLastVersion: boolean },
): string {
  const needing = uses.filter((use) => needsModel(use, name));
  const loading = uses.filter((use) => !needing.includes(use) && loadsGroup(use));
  const how = isLastVersion ? ' with its only version' : '';
  return [
    `The model “${name}” was moved to the trash${how}.`,
    sayOf(
      needing,
      ['needs it, and fails', 'need it, and fail'],
      'until it is back or another is chosen there',
    ),
    sayOf(loading, ['loads', 'load'], 'its group, from now on without it'),
  ].join('');
}

/** Says also which cells fail without it. */
export function describeGroupLoss(name: string, uses: readonly GroupUse[]): string {
  const loading = uses.filter(({ reasons }) => reasons.includes('load'));
  return [
    `The model group “${name}” was deleted. Its models are still there.`,
    sayOf(loading, ['loads it, and fails', 'load it, and fail'], 'until another is chosen there'),
  ].join('');
}

function describeRename(
  what: string,
  { before, after }: { readonly before: string; readonly after: string },
  named: readonly (ModelUse | GroupUse)[],
  uses: readonly (ModelUse | GroupUse)[],
): string {
  const scripts = uses.filter(({ cell }) => cell.source.includes(before));
  const plural = scripts.length > 1;
  return [
    `${what} is called “${after}” now.`,
    named.length === 0 ? '' : ` The configuration of ${nameCells(named)} was changed with it.`,
    scripts.length === 0
      ? ''
      : ` The ${plural ? 'scripts' : 'script'} of ${nameCells(scripts)} still ${plural ? 'say' : 'says'} “${before}”: change that there.`,
  ].join('');
}

/** Whether a cell fails without the model: it loads it by its name, or adds versions to it. */
function needsModel({ cell, reasons }: ModelUse, name: string): boolean {
  const { save } = cell.configuration.models;
  const isAddedTo = save.some((row) => row.name === name && row.mode === 'add-version');
  return isAddedTo || reasons.some(({ type }) => type === 'load');
}

function loadsGroup({ reasons }: ModelUse): boolean {
  return reasons.some(({ type }) => type === 'load-group');
}

/** A sentence about cells, with the verb for one and for several; nothing where there are none. */
function sayOf(
  uses: readonly (ModelUse | GroupUse)[],
  [one, several]: readonly [string, string],
  rest: string,
): string {
  return uses.length === 0 ? '' : ` ${nameCells(uses)} ${uses.length === 1 ? one : several} ${rest}.`;
}
